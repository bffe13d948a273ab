"""Letters → Amazon SES, one request each, through boto3.

SES sets `Message-ID` and `Date` anew, whatever ours say. So a message that came twice cannot be told by its id, and for
this transport the only guard is that nothing is sent again: the retries of the SDK are off, since SES knows no token
by which it could see that a request is the same one.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from smallprint.errors import UsageError
from smallprint.notifying import points
from smallprint.notifying.delivery import Answer, Connection, Letter, Outcome, RefusedError
from smallprint.notifying.redacting import without_addresses
from smallprint.notifying.transports.letters import check_letter

if TYPE_CHECKING:
    from collections.abc import Callable

_REGION: Final = re.compile(r"ses:(?P<region>[a-z]{2}(?:-[a-z]+)+-[0-9])", re.IGNORECASE)
_NEEDS_BOTO3: Final = (
    "Sending through Amazon SES needs boto3, which is not installed. Install it with: pip install 'smallprint[ses]'"
)
THROTTLED: Final = "Throttling"
"""The code of an answer by which SES asks us to send more slowly."""
_THREADS: Final = 64
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds to hold back after the first, second, … refusal for our rate in a row. SES counts by the second."""
_CODES: Final = (
    # Status and code, message → what came of it. First match wins.
    ("408|5..", ".*", ".*", Outcome.UNKNOWN),
    (".*", ".*", "daily.*quota", Outcome.STOP),
    ("429", ".*", ".*", Outcome.DEFERRED),
    (".*", "Throttl.*|TooManyRequests.*|RequestLimitExceeded|SlowDown", ".*", Outcome.DEFERRED),
    (".*", ".*", r"not verified|\bfrom\b|\bsender\b|\bsource\b", Outcome.STOP),
    (".*", "BadRequest.*|InvalidParameter.*", "address|domain|destination|recipient", Outcome.FAILED),
    (".*", ".*", ".*", Outcome.STOP),
)
_RULES: Final = tuple(
    (re.compile(status), re.compile(code), re.compile(message, re.IGNORECASE), outcome)
    for status, code, message, outcome in _CODES
)


def parse_ses(text: str) -> SesTransport:
    """Read `ses:eu-west-1`.

    Raises:
        UsageError: It names no region, or boto3 is not installed.
    """
    match = _REGION.fullmatch(text)
    if match is None:
        raise UsageError(f"{text!r} names no region of Amazon SES. Write ses: and the region, such as ses:eu-west-1.")
    try:
        import boto3  # noqa: F401, PLC0415 - to say so before anything is planned
    except ImportError as error:
        raise UsageError(_NEEDS_BOTO3) from error
    return SesTransport(match["region"].lower())


class SesTransport:
    """Sends through SES in one region. All connections share one client and one pause.

    Where SES refuses a letter for our rate, that letter is deferred with the code `Throttling`, and every connection
    holds back for a second before its next request, longer each time it happens in a row, up to eight. It is not said
    to be about the domain, since another domain would be refused as well.
    """

    def __init__(
        self,
        region: str,
        *,
        endpoint: str | None = None,
        connect_timeout: float = 10,
        read_timeout: float = 60,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take a region; the rest is for tests and for endpoints of one's own."""
        self._region = region
        self._endpoint = endpoint
        self._timeouts = (connect_timeout, read_timeout)
        self._client: Any = None
        self._lock = threading.Lock()
        self._brake = Brake(sleep)
        self._request = threading.local()

    @property
    def described(self) -> str:
        """Return `Amazon SES in eu-west-1`."""
        return f"Amazon SES in {self._region}"

    def connect(self) -> Connection:
        """Return something that sends; SES itself is asked nothing yet.

        Raises:
            RefusedError: boto3 is missing, or finds no credentials.
        """
        # boto3 makes clients for one thread at a time; what it made is for all of them.
        with self._lock:
            if self._client is None:
                self._client = self._make_client()
        points.reached("connected")
        points.reached("greeted")
        return SesConnection(self._client, self._brake, self._request)

    def _make_client(self) -> Any:
        try:
            import boto3  # noqa: PLC0415 - few have it
            from botocore.config import Config  # noqa: PLC0415
            from botocore.exceptions import BotoCoreError  # noqa: PLC0415
        except ImportError as error:
            raise RefusedError(_NEEDS_BOTO3) from error
        connect_timeout, read_timeout = self._timeouts
        try:
            session = boto3.Session(region_name=self._region)
            credentials = session.get_credentials()
            if credentials is None:
                raise RefusedError(
                    "There are no credentials for Amazon SES. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
                    "AWS_SECRET_ACCESS_KEY, or give the machine a role; it needs the permission ses:SendEmail."
                )
            config = Config(
                retries={"total_max_attempts": 1, "mode": "standard"},
                connect_timeout=connect_timeout,
                read_timeout=read_timeout,
                max_pool_connections=_THREADS,
            )
            client = session.client("sesv2", endpoint_url=self._endpoint, config=config)
        except BotoCoreError as error:
            raise RefusedError(f"Amazon SES cannot be used as AWS is set up here: {error}") from error
        # It is signed by then, so that what fails before has sent nothing.
        client.meta.events.register("before-send.sesv2.SendEmail", self._note_leaving)
        return client

    def _note_leaving(self, **_: Any) -> None:
        self._request.has_left = True


class Brake:
    """Keeps all connections from sending for a while. Shared by threads."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        """Take what waits for some seconds."""
        self._sleep = sleep
        self._lock = threading.Lock()
        self._refusals = 0
        self._until = 0.0

    def wait(self) -> None:
        """Return when it is time to send again."""
        with self._lock:
            left = self._until - time.monotonic()
        if left > 0:
            self._sleep(left)

    def hold(self) -> None:
        """Note a refusal for our rate."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                # Of a request that was under way when another was refused.
                return
            self._until = now + _PAUSES[min(self._refusals, len(_PAUSES) - 1)]
            self._refusals += 1

    def release(self) -> None:
        """Note that a letter was taken."""
        with self._lock:
            self._refusals = 0


class SesConnection:
    """Sends letters, one request each."""

    def __init__(self, client: Any, brake: Brake, request: threading.local) -> None:
        """Take a client of boto3, and what tells of each thread whether its request has left."""
        self._client = client
        self._brake = brake
        self._request = request

    def deliver(self, letter: Letter, ready: Callable[[], None]) -> Answer:
        """Try to deliver a letter; see `smallprint.notifying.delivery.Connection`.

        Raises:
            ValueError: The letter is not fit to be sent, which is a mistake of whoever built it; nothing was sent.
        """
        check_letter(letter)
        if set(letter.recipient) & set(',;:()[]"\\'):
            raise ValueError("the address of the recipient has characters by which SES would see more than one")
        self._brake.wait()
        points.reached("addressed")
        ready()
        points.reached("data-begun")
        answer = self._request_delivery(letter)
        points.reached("answered")
        if answer.code == THROTTLED:
            self._brake.hold()
        elif answer.outcome is Outcome.ACCEPTED:
            self._brake.release()
        return answer

    def close(self) -> None:
        """Do nothing; the client is shared."""

    def _request_delivery(self, letter: Letter) -> Answer:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - few have it

        self._request.has_left = False
        try:
            response = self._client.send_email(
                FromEmailAddress=letter.sender,
                Destination={"ToAddresses": [letter.recipient]},
                Content={"Raw": {"Data": letter.data}},
            )
        except ClientError as error:
            return _refused(error.response, letter)
        except Exception as error:  # noqa: BLE001 - whatever the SDK raises, the letter may have been taken
            return _broken(error, letter, has_left=self._request.has_left)
        if not response.get("MessageId"):
            return Answer(Outcome.UNKNOWN, "malformed reply")
        return Answer(Outcome.ACCEPTED, "200", without_addresses(str(response["MessageId"])))


def _refused(response: dict[str, Any], letter: Letter) -> Answer:
    """Say what an error of SES means."""
    fault = response.get("Error", {})
    code, message = str(fault.get("Code", "")), str(fault.get("Message", ""))
    status = str(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500))
    outcome = next(
        outcome
        for statuses, codes, messages, outcome in _RULES
        if statuses.fullmatch(status) and codes.fullmatch(code) and messages.search(message)
    )
    shown = THROTTLED if outcome is Outcome.DEFERRED else re.sub(r"\W", "", code)[:60] or status
    return Answer(outcome, shown, without_addresses(message, letter.recipient))


def _broken(error: Exception, letter: Letter, *, has_left: bool) -> Answer:
    """Say what it means that there was no answer: `unknown`, unless the request certainly did not get out."""
    from botocore import exceptions  # noqa: PLC0415 - few have it

    name = type(error).__name__.removesuffix("Error")
    if isinstance(
        error, exceptions.EndpointConnectionError | exceptions.ConnectTimeoutError | exceptions.ProxyConnectionError
    ):
        return Answer(Outcome.AGAIN, name, is_alive=False)
    is_distrusted = isinstance(error, exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error)
    if is_distrusted or not has_left:
        # No credentials any more, above all.
        return Answer(Outcome.STOP, name, without_addresses(str(error), letter.recipient))
    return Answer(Outcome.UNKNOWN, name, is_alive=False)
