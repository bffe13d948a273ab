"""The words of a refusal → whom it is about: us, one recipient, or a mailbox that is full.

Mail servers use the same codes for both: `550 5.7.1` is a blocklist at one server and a closed mailbox at another, and
`554` is either. What they say is the difference between one address that failed and a notice that has to stop.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class About(StrEnum):
    """Whom a refusal is about."""

    US = "us"
    """Our server, our address, our rate or our message: the next recipient gets the same."""
    RECIPIENT = "recipient"
    """This recipient alone."""
    FULL = "full"
    """This recipient, whose mailbox has no room now."""
    EITHER = "either"
    """The words say that it is one of the two, and not which."""


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_HOLDER: Final = (
    r"\b(?:recipients?|users?|mail ?box(?:es)?|mail ?account|account|addressee|inbox|member|customer|person)"
)
_ADDRESS: Final = (
    r"(?:\b(?:recipient|destination|delivery|target|to|(?:e-?mail)|mail|your recipient'?s?)[ -]*)"
    r"(?:e-?mail )?addresse?s?\b"
)
_GONE: Final = (
    r"\b(?:unknown|no longer|not (?:be )?(?:found|known|exists?|exist|valid|local|active|activated|available|listed|"
    r"recogni[sz]ed|a valid|present|in (?:the |our )?(?:directory|database)|hosted|accepting|allowed|authori[sz]ed|"
    r"enabled|verified|defined|registered|here)|does ?n[o']t|do ?n[o']t|cannot be found|could ?n[o']t be "
    r"(?:found|verified)|"
    r"could not be (?:found|verified)|unavailable|inaccessible|invalid|non-?exist[ea]nt|inactive|inactivity|disabled|"
    r"deactivated|suspended|expired|closed|deleted|removed|locked|frozen|terminated|discontinued|abandoned|dormant|"
    r"over ?drawn|blocked|rejected|refused|denied|restricted|disallowed|undeliverable|unroutable|unrouteable|"
    r"has (?:left|moved)|is ?n[o']t|has ?n[o']t)\b"
)

_PERSONAL: Final = _any(
    # One person's own list, filter or group, whatever else is said.
    r"(?:blocked|rejected|refused|denied|declined|prohibited) by (?:the |this )?(?:recipient|user|mailbox "
    r"owner|addressee)(?! ?'?s? ?(?:domain|server|mail ?server|system|organi[sz]ation|administrator|policy|"
    r"e-?mail ?(?:server|system)))",
    r"\b(?:recipient|user|addressee|mailbox owner) (?:has |does |is )?(?:not |only |currently )*(?:block(?:ed|"
    r"ing|s)|refus(?:ed|ing|es)|reject(?:ed|ing|s)|accept(?:s|ing)?|receiv(?:es?|ing)) (?:the sender|you\b|"
    r"this sender|mails? from|e-?mails? from|messages? from|messages\b|mail\b|e-?mails?\b|any )"
    r"(?! ?(?:from )?(?:your|this) (?:ip|server|host|network|domain))",
    r"(?:sender|you).{0,20} (?:on|in) (?:the )?recipient'?s? (?:personal )?(?:block|black|deny)",
    r"RESOLVER\.(?:RST|ADR|GRP|PF)\.(?!.*(?:SendAs|SenderSize))",
    r"not allowed to (?:send|post|mail) (?:messages? |mail |e-?mails? )?to (?:this|the) (?:recipient|group|"
    r"list|address|user|mailbox)",
    r"\b(?:restricted|closed|private|moderated|members?.only) (?:group|list|mailing list|distribution)",
    r"\b(?:group|mailing list|distribution list).{0,60} (?:only|restricted|not (?:allowed|permitted)|senders?)",
    r"only (?:accepts?|receives?|allows?) (?:messages?|mails?|e-?mails?) from",
    r"\bto (?:send|post|mail|write) to (?:this|the) (?:recipient|group|list|address|user|mailbox)",
    r"delivery restriction",
    r"verif\w+ (?:the )?recipient|recipient verif",
    r"\b(?:this|that|recipient'?s?) (?:e-?mail )?(?:account|mail ?box|user|address)\b.{0,30}"
    r"(?:suspended|disabled|blocked|terminated)|access to this (?:recipient|mail ?box|user)",
    r"on the (?:target|recipient|destination) address",
    r"mailing list expansion|mailbox owner has changed|domain owner has changed",
)

_US: Final = _any(
    # Our name: who sends, as lists and checks of senders know it.
    r"\bspf\b|\bdkim\b|\bdmarc\b|\barc\b.{0,10}fail|sender policy|domainkeys",
    r"unauthenticated (?:e-?mail|mail|sender|message)",
    r"not (?:a )?designated",
    r"not authori[sz]ed to send (?:mail |e-?mail |messages? )?(?:for|from|on behalf|as)",
    r"(?:block|black|deny|reject).?list(?:ed)?|\bdns[bw]l\b|\brbl\b|\bsbl\b|\bpbl\b|\bxbl\b|\burib?bl\b",
    r"surbl",
    r"spamhaus|spamcop|\bsorbs\b|uceprotect|barracuda ?(?:central|reputation|networks)|senderbase",
    r"senderscore|invaluement",
    r"reputation|\bsnds\b",
    # Our server.
    r"client host|reverse (?:dns|hostname|mapping)|\bptr\b|\brdns\b|\bfcrdns\b|\bhelo\b|\behlo\b",
    r"cannot find your",
    r"\bip(?:v[46])? ?(?:address(?:es)?)?\b.{0,60}(?:block|black|ban|list|reject|denied|refus|not |poor|bad|"
    r"fail|limit|found)",
    r"(?:block|ban|reject|refus|denied|list)\w*.{0,60}\b(?:your|sending|client|source|connecting|sender'?s?|"
    r"this) (?:ip|host|server|network|domain|mta|mail ?server)",
    r"\b(?:your|sending|connecting|sender'?s?|source) (?:ip|host|server|network|mta|mail ?server|isp|domain)\b",
    r"\d{1,3}(?:\.\d{1,3}){3}\]?(?: is| was)? (?:black)?listed",
    r"from \[?\d{1,3}(?:\.\d{1,3}){3}\]? (?:was|is|has been|have been|were|are|will)",
    r"\bnot accept(?:ed|ing)? (?:any )?(?:connections?|mail|e-?mail|messages?|delivery) from (?:your|this "
    r"(?:ip|host|server)|\[?\d)",
    r"will not accept delivery|your access to|\byour (?:e-?mail )?account\b|access to this mail system has been",
    r"connections? (?:rejected|refused|not accepted|will not be|frequency|limit)",
    # That we may not send by it.
    r"relay(?:ing)?(?: \w+){0,3} (?:denied|prohibited|disallowed|forbidden|rejected|restricted|not "
    r"(?:permitted|allowed))",
    r"relay(?:ing)? (?:not|is not|denied|disallowed|prohibited|restrict)",
    r"(?:not|no|un)\w* (?:\w+ ){0,2}(?:to relay|relay(?:ing)?\b)(?!.{0,20} table)",
    r"must (?:first )?(?:authenticate|log ?in)|auth(?:entication|orization)? (?:is )?required",
    r"not (?:been )?authenticated|log ?in first|(?:pop|smtp).{0,6}(?:before|auth)",
    r"authenticat\w+ (?:failed|failure|credentials|unsuccessful)",
    r"not (?:allowed|permitted|authori[sz]ed) to send\b|\bfor sending\b|\bsend as\b",
    r"failed to authenticate|must equal authori[sz]ed|tenantattribution",
    # Our address.
    r"(?:sender|from|return.path|mail from|envelope from|originat\w+)(?: \w+){0,3} (?:rejected|denied|refused|"
    r"verif\w+|invalid|unknown|not (?:found|allowed|exist|valid|permitted|verified|accepted)|blocked|banned|"
    r"does not|doesn't|is not)",
    r"\b(?:invalid|unknown|bad|illegal|unverified) (?:envelope )?sender|for (?:the )?sender\b",
    r"domain of (?:the )?sender|sender'?s? (?:address|domain|e-?mail)",
    r"(?:verify|verification|callback|callout).{0,30} (?:sender|failed)|verification failed|banned sender",
    r"(?:from|sender) header|header.?from|anti.?spoof|spoof",
    # Our rate.
    r"(?:sending|send|daily|hourly|monthly|outgoing|outbound|relay|connection|frequency|rate|messages?|"
    r"account'?s? sending).{0,20} (?:quota|limit\w*|rate|exceed\w*)(?!.{0,30}\bsize)(?!.{0,20}mail ?box)",
    r"\brate\b.{0,20}(?:limit|exceed|control)",
    r"too (?:many (?:messages|mails|e-?mails|connections|recipients|errors|concurrent|sessions|requests|"
    r"unknown|invalid|bad|hops)|fast|quickly|often)",
    r"throttl|slow down|unusual (?:rate|sending|amount|activity)|excessive",
    # What we say.
    r"\bspam(?:my|assassin|ming)?\b|junk|unsolicited|\bbulk\b|\bubeb?\b|\buce\b|phish|malware|virus|trojan",
    r"malicious|suspicious|suspected",
    r"\b(?:mail|e-?mail|message)? ?content\b|attachment|banned (?:file|extension|word)",
    r"\burl\b.{0,30}(?:block|list|reject)",
    r"(?:security|local|local site|spam|header|anti.?\w+|organi[sz]ation'?s?|administrative|site|system|"
    r"acceptance|server) polic(?:y|ies)",
    r"for policy reasons|policy (?:reasons?|violation|rejection|restriction|block)|violat\w+.{0,30}polic",
    r"mailpolicy",
    r"\b(?:dt|hl|mi|im):[a-z]{3}\b",
    r"\bas\(\d+\)(?<=as\(4\d\d\d\))",
    r"\[(?:BL|PH|TSS?|CS|HM|HC)\d{2}\]",
    r"5\.7\.26|5\.7\.[56]\d\d\b|5\.7\.7[05]\d\b",
    r"not rfc|rfc ?(?:2?822|5322|5321) ?(?:violation|compliant)|bare (?:lf|cr)|malformed",
    r"missing (?:header|from|date|message-id)",
    r"bad sequence|syntax error in (?:command|from)|out of order",
)

_SIZE: Final = _any(
    r"too (?:large|big)|size (?:limit|exceed)|maximum (?:message )?size|(?:message|fixed|mail).{0,30} size",
)

_OUR_QUOTA: Final = _any(
    r"(?:sending|daily|hourly|monthly|per day|per hour|outgoing|outbound|relay|sender'?s?).{0,30} (?:quota|limit)",
    r"too many (?:messages|mails|e-?mails) sent",
    r"(?:exceeded|reached).{0,20} max(?:imum)?\b.{0,20} (?:e-?mails|messages|mails|recipients)",
    r"(?:quota|limit)s?\b.{0,30}(?:sending|outgoing|outbound|per day|per hour|a day|an hour)",
)

_FULL: Final = _any(
    r"(?:mail ?box|inbox|quota|account|mail ?folder|storage|maildir).{0,40} (?:full|over|exceed\w*|exhausted|"
    r"overflow)",
    r"over.{0,3}quota|full (?:mail ?box|inbox)|storage allocation|out of (?:storage|space)",
    r"too much mail stored|over ?(?:disk )?(?:the )?quota|storage limit|quota.?(?:exceed|violation|full)",
    r"exceed\w* (?:\w+ ){0,4}quota|insufficient (?:\w+ )?(?:storage|space)",
    r"not enough (?:\w+ )?(?:space|storage)|no (?:more )?(?:space|room)",
)

_RECIPIENT: Final = _any(
    r"recipient (?:e-?mail )?address(?:es)? (?:rejected|unknown|denied|invalid|refused|not|does|is|has|"
    r"reserved|lookup)",
    r"(?:no|un(?:known|routable|routeable|deliverable)|invalid|bad|non-?exist[ea]nt|inactive|disabled|illegal|"
    r"expired|not an? (?:active|valid|known)|isn't an? (?:active|valid)|not our|not a|no valid) (?:\w+ "
    r"){0,2}(?:user|recipients?|mail ?box|account|address(?:ee)?|destination|local.?part|customer|e-?mail "
    r"(?:address|recipients?))\b",
    r"no such (?:\w+ ){0,2}(?:user|person|recipient|mail ?box|address|account|customer|domain|here)",
    r"no mail ?box|nobody (?:here|by)|no one (?:here|by)|not our customer|no (?:local )?mail ?(?:box|drop)",
    rf"{_HOLDER}\b.{{0,60}}?{_GONE}",
    rf"{_ADDRESS}.{{0,60}}?{_GONE}",
    r"\baddress\b.{0,20}(?:unknown|not (?:exist|found|valid|known|listed)|does ?n[o']t exist|invalid|rejected|"
    r"disabled|inactive|couldn't|could not)",
    r"that you (?:tried|are trying) to (?:reach|contact)|does ?n[o']t have an? .{0,30}account",
    r"have an? .{0,30}account here",
    r"(?:user|account|mail ?box|recipient).?(?:is |has been )?(?:unknown|disabled|suspended|inactive|"
    r"deactivated|locked|not.?found)",
    r"(?:unknown|inactive|disabled|suspended) (?:local )?(?:user|account|mail ?box|recipient)",
    r"not (?:a )?(?:known|valid|local|hosted) (?:user|recipient|mail ?box|address|account|here)",
    r"not known here",
    r"domain (?:of (?:the )?recipient )?(?:takes|accepts|has|does not accept|doesn't accept) no mail",
    r"null ?mx",
    r"(?:recipient|destination|this) domain.{0,20}(?:not (?:exist|found|accept|hosted)|does ?n[o']t|unknown|invalid)",
    r"blocked (?:recipient|user|mail ?box|address)",
    r"host unknown|unable to route|no route to|domain not found|recipient reject|suppression list",
    r"no longer (?:with|works?|here|employed|at)\b|left the company|user unknown|unknown user",
    r"address (?:couldn't|could not) be found|mailbox name not allowed|unrouteable address",
    r"adresse? (?:d[eu]|inconnu|unbekannt)",
    r"utilisateur inconnu|bo[iî]te.{0,20}(?:inexistante|introuvable)",
    r"empf[aä]nger.{0,30}(?:unbekannt|existiert|nicht)|benutzer.{0,20}unbekannt|usuario desconocido",
    r"destinatario.{0,20}(?:desconocido|no)|utente sconosciuto",
)

_EITHER: Final = _any(
    r"sending to \(or from\)|user or domain that you are sending to",
)

_MAYBE_US: Final = _any(
    r"\bblocked\b|\bblocking\b|\bbanned\b|\bpolicy\b|\bpolicies\b|authenticat\w+|\bfilter(?:ed|s)?\b",
    r"blackhole",
)

_REFUSED: Final = _any(r"administrative\w* |prohibit")

_URL: Final = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


def whom_about(text: str) -> About | None:
    """Say whom the words of a refusal are about; none where they do not say.

    Args:
        text: what the server said, on one line, addresses taken out.

    >>> whom_about("Recipient address rejected: Access denied").value
    'recipient'
    >>> whom_about("Client host blocked using zen.spamhaus.org").value
    'us'
    """
    # What explains it is elsewhere: the address of that page has words that are about anything.
    said = _URL.sub(" ", text)
    for words, about in (
        (_EITHER, About.EITHER),
        (_PERSONAL, About.RECIPIENT),
        (_OUR_QUOTA, About.US),
        (_FULL, About.FULL),
        (_US, About.US),
        (_SIZE, About.US),
        (_RECIPIENT, About.RECIPIENT),
        (_MAYBE_US, About.US),
        (_REFUSED, About.EITHER),
    ):
        if words.search(said):
            return about
    return None
