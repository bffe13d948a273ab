"""The MkDocs plugin: hands our pages to MkDocs and puts the finished site in place. Decides nothing itself."""

from __future__ import annotations

import logging
import math
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.utils import CountHandler

from smallprint.collector import collect_rarely
from smallprint.errors import ContentError, SmallprintError
from smallprint.presenting.themes import themes_dir
from smallprint.reading.report import format_fault
from smallprint.site import gather
from smallprint.site.files import PolicyPage
from smallprint.site.finish import add_lists
from smallprint.site.options import BuildClock, Options, as_of, is_preview
from smallprint.site.publish import Staging
from smallprint.site.report import explain
from smallprint.site.reuse import Plan, plan_reuse, refresh_spare, remember
from smallprint.site.search import searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from smallprint.site.search import SearchEntry

log = get_plugin_logger(__name__)

_FIRST = math.inf
_LAST = -math.inf
_TRANSLATES = "i18n"
"""mkdocs-static-i18n, which makes other files of all files, and needs them to be files."""


class SmallprintPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call] # MkDocs' hook has no types
    """Adds the policies in the content folder to a MkDocs site.

    MkDocs keeps one instance for all builds of a process: what belongs to one build is set anew in `on_config`.
    """

    def __init__(self) -> None:
        self.content: gather.Content | None = None
        """What the build that runs, or the last one, was made from."""
        self.failure: SmallprintError | None = None
        """Why the last build failed, where we can explain it."""
        self.kept = 0
        """How many files of others the last build carried over."""
        self._config: MkDocsConfig | None = None
        self._site_dir = ""
        self._staging: Staging | None = None
        self._work: Path | None = None
        self._files: Files | None = None
        self._plan = Plan()
        self._body = ""
        self._clock = BuildClock()
        self._is_serving = False
        self._has_served = False
        self._is_within = False
        """Whether the build that runs was started by another plugin within ours, for another language of the site."""
        self._more_files: list[Files] = []
        """The files of such builds."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Remember what MkDocs was called for."""
        collect_rarely()
        self._is_serving = command == "serve"
        self._has_served = False

    @event_priority(_FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the content, and have MkDocs write into a fresh folder instead of the site."""
        if self._staging is not None and self._config is config:
            # As mkdocs-static-i18n does: it builds the other languages of the site before ours is published.
            self._is_within = True
            return config
        self._end()
        self.content, self.failure, self.kept, self._plan = None, None, 0, Plan()
        with self._explained():
            gather.set_up_theme(config)
            if self._is_serving:  # MkDocs serves a folder in /tmp: what stands beside it is removed in the end.
                self._work = Path(f"{config.site_dir}.work")
            self._staging = Staging(Path(config.site_dir), work=self._work)
            self._config, self._site_dir = config, config.site_dir
            config.site_dir = str(self._staging.folder)
            self._read(config, self._staging)
        return config

    @event_priority(_FIRST)
    def _take_sources(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages of policies in the place of their sources."""
        with self._explained():
            if self.content is None and self.failure:
                return gather.stand_in(files, config, self.failure)
            if self.content is None or self._staging is None:
                return files
            ordinary = gather.without_sources(files, self.content, config)
            return ordinary if _TRANSLATES in config.plugins else self._with_pages(ordinary, config)

    @event_priority(_LAST)
    def _add_pages(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        """Do so after a plugin that takes all files for sources in some language."""
        if _TRANSLATES not in config.plugins or self.content is None or self._staging is None:
            return files
        with self._explained():
            return self._with_pages(files, config)

    on_files = CombinedEvent(_take_sources, _add_pages)

    def _with_pages(self, files: Files, config: MkDocsConfig) -> Files:
        assert self.content is not None  # noqa: S101 - whoever calls has looked
        assert self._staging is not None  # noqa: S101
        if self._is_within:
            return gather.add_links(files, self.content, config)
        return gather.add_pages(files, self.content, config, self._staging)

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, *, files: Files, **_: object) -> Navigation:
        """Let policies stand in the navigation by their titles."""
        return gather.settle_navigation(nav, files)

    @event_priority(_LAST)
    def on_env(self, env: jinja2.Environment, *, files: Files, **_: object) -> jinja2.Environment:
        """Remember all files, for the sitemap."""
        if self._is_within:
            self._more_files.append(files)
        else:
            self._files = files
        return env

    @event_priority(_FIRST)
    def _make_body(self, /, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        """Make the body, and show search plugins what is to be found of it."""
        if isinstance(page, PolicyPage):
            self._body = page.source.render()
            page.content = searchable(self._body, page.source.headings) if page.source.is_searchable else ""
        return context

    @event_priority(_LAST)
    def _show_body(self, /, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        """Hand the body to the theme."""
        if isinstance(page, PolicyPage):
            page.content, self._body = self._body, ""
        return context

    on_page_context = CombinedEvent(_make_body, _show_body)

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Write the files that are made from the same as the page, and let go of its body: no two are in memory."""
        if isinstance(page, PolicyPage):
            page.content = ""
            page.settle_day()
            for file in page.companions:
                file.write()
        return gather.with_feed_links(output, page, config)

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what lists all pages, and put the finished site in place unless strict mode is about to refuse it."""
        if self._is_within:
            self._is_within = False
            return
        if self._staging is None or self._files is None:
            return
        with self._explained():
            all_files = [self._files, *self._more_files]
            search = add_lists(self._staging.folder, all_files, self.content, config) if self.content else {}
            if not (config.strict and _has_warnings()):
                self._publish(self._staging, self._files, search)
        self._end()

    def on_build_error(self, **_: object) -> None:
        """Remove what was written so far; the old site stands."""
        self._end()

    def on_serve(self, server: LiveReloadServer, *, builder: Callable[..., None], **_: object) -> LiveReloadServer:
        """Keep the server answering whatever a build meets, and watch the theme."""

        def build() -> None:
            try:
                builder()
            except SystemExit:
                log.info("Until this is mended, the last good build is shown.")
            except Exception:  # Whatever it is: the server would give no answer until the next good build.
                log.exception("The site could not be built. Until this is mended, the last good build is shown.")

        server.builder = build
        server.watch(str(themes_dir()))
        return server

    def on_shutdown(self) -> None:
        """Leave nothing behind, however the build ended."""
        self._end()
        if self._work:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work = None

    def _publish(self, staging: Staging, files: Files, search: Mapping[str, list[SearchEntry]]) -> None:
        self.kept = staging.settle(self._plan.reused)
        record = remember(staging, self._plan, self.content, files, search) if self.content else None
        staging.publish()
        refresh_spare(staging, record)
        self._has_served = self.content is not None

    def _read(self, config: MkDocsConfig, staging: Staging) -> None:
        day, each = as_of(self.config), self.config.against_current
        preview = is_preview(self.config, is_serving=self._is_serving)
        try:
            self._plan = plan_reuse(staging, config, day, against_current=each, is_preview=preview)
            self.content = gather.read_content(config, day, self._plan, against_current=each, is_preview=preview)
        except SmallprintError as error:
            if not self._is_serving or self._has_served:
                raise
            self.failure = error  # A server that shows what is wrong is more use than none.
            log.log(logging.ERROR, "%s", explain(error))
            return
        self._clock.start(self.content.newest_day)
        for fault in self.content.faults:
            log.warning("%s", format_fault(fault))
        if config.strict and self.content.faults and not log.isEnabledFor(logging.WARNING):
            # With --quiet, MkDocs counts no warnings, and its strict mode lets them pass.
            raise ContentError(self.content.faults)

    def _end(self) -> None:
        """Leave the build that runs, if one does: as far as it was not published, nothing remains of it."""
        self._files, self._body, self._more_files, self._is_within = None, "", [], False
        self._clock.stop()
        if self._staging:
            self._staging.discard()
        if self._config:
            self._config.site_dir = self._site_dir  # `gh-deploy` looks for the site there afterwards.
        self._staging = self._config = None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Let MkDocs stop with our explanation and without a traceback."""
        try:
            yield
        except SmallprintError as error:
            self.failure = error
            raise PluginError(explain(error)) from error


def _has_warnings() -> bool:
    """Return whether MkDocs has counted warnings: in strict mode it refuses the site right after us."""
    counters = [handler for handler in logging.getLogger(_logger_root()).handlers if isinstance(handler, CountHandler)]
    return any(counter.get_counts() for counter in counters)


def _logger_root() -> str:
    return str(log.logger.name).partition(".")[0]
