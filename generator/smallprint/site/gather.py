"""What a build is made of: the policies as they are to be read on one day, and the MkDocs files made from them."""

from __future__ import annotations

import html
import os
import textwrap
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from smallprint.assessing import assess
from smallprint.assessing.rules import FOLDER as RULES_FOLDER
from smallprint.assessing.rules import Rules
from smallprint.errors import ContentError, PublishError, Severity
from smallprint.presenting.addresses import SITE_FEEDS, policy_uri
from smallprint.presenting.judging import Judging
from smallprint.presenting.judging_page import judging_page
from smallprint.presenting.names import names_of
from smallprint.presenting.page import Asset, Page
from smallprint.presenting.pages import policy_pages
from smallprint.reading.documents import is_document
from smallprint.reading.folder import POLICY_FILE
from smallprint.reading.links import Library, linked_policy, ways_to
from smallprint.reading.policy import parse_policy
from smallprint.reading.tree import shown_folder
from smallprint.reviewing.folder import as_preview, inspect_content
from smallprint.site.files import (
    AssetFile,
    KeptAsset,
    KeptPage,
    PageFile,
    PolicyPage,
    ReusedFile,
    SiteFiles,
    nav_titles,
    page_source_uri,
    refuse_clashes,
)
from smallprint.site.headers import headers_file
from smallprint.site.home import has_home, home_page
from smallprint.site.record import PageRecord
from smallprint.site.report import explain
from smallprint.site.reuse import read_rest
from smallprint.site.theme import THEME, style_for_other_themes, stylesheets_and_scripts, theme_folder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage

    from smallprint.errors import Fault, SmallprintError
    from smallprint.model import Policy
    from smallprint.presenting.names import Name
    from smallprint.presenting.steps import Told
    from smallprint.reviewing.folder import Inspection
    from smallprint.site.publish import Reused, Staging
    from smallprint.site.record import PolicyRecord
    from smallprint.site.reuse import Plan


_OLD_LINK = "SP421"


@dataclass
class Content:
    """The policies in a content folder, with what has been made from them so far."""

    policies: tuple[Policy, ...]
    faults: tuple[Fault, ...]
    """Warnings; an error would have stopped the reading."""
    day: dt.date
    against_current: bool
    reused: Mapping[str, Reused] = field(default_factory=dict)
    """The policies whose pages are taken over from an earlier build; they are not among `policies`."""
    shown: str = ""
    """How faults name the content folder."""
    pages: list[PolicyPage] = field(default_factory=list)
    former: Mapping[str, PolicyRecord] = field(default_factory=dict)
    """What stands in the site of the policies that are read anew."""
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    """By policy and path below its folder, what its pages and files are made from."""
    told: dict[str, dict[str, Told]] = field(default_factory=dict)
    """By policy, what its steps came to."""
    rules: Rules = field(default_factory=lambda: Rules(()))
    """The rules that hold in the content folder."""
    names: Mapping[str, Name] = field(default_factory=dict)
    """By policy, what it is called on the site."""
    known: tuple[Policy, ...] = ()
    """All policies of the site, without their versions."""
    is_preview: bool = False
    """Whether pages show what no person has decided."""
    inspections: Mapping[str, Inspection] = field(default_factory=dict)
    """By policy, what stands beside its versions: reviews, proofs of notices, and what was released."""
    library: Library = field(default_factory=lambda: Library({}))
    """All that links of policies can lead to."""

    @property
    def slugs(self) -> list[str]:
        """Return all policies in the order of their pages."""
        return sorted([*self.reused, *(policy.slug for policy in self.policies)])

    @property
    def newest_day(self) -> dt.date:
        """Return the newest day the content speaks of that is not after the day it is read on."""
        days = [day for policy in self.policies for day in self.days_of(policy)]
        days += [item.record.newest for item in self.reused.values()]
        return max(days, default=self.day)

    @property
    def version_count(self) -> int:
        """Return how many versions there are of all policies."""
        made = sum(len(policy.versions) for policy in self.policies)
        return made + sum(item.record.versions for item in self.reused.values())

    @property
    def redline_count(self) -> int:
        """Return how many pages show the changes between two versions."""
        made = sum(page.source.kind == "redline" for page in self.pages)
        return made + sum(page.kind == "redline" for item in self.reused.values() for page in item.record.pages)

    def feed_folders(self, folder: Path) -> dict[str, Path]:
        """Return the folder that holds the feeds of each policy, in a build that writes into `folder`."""
        made = {page.source.policy for page in self.pages if page.source.kind == "policy"}
        found = {slug: folder / slug for slug in made} | {slug: item.folder for slug, item in self.reused.items()}
        return {slug: found[slug] for slug in sorted(found)}

    def days_of(self, policy: Policy) -> Iterator[dt.date]:
        """Yield the days a policy speaks of, up to the day it is read on."""
        for version in policy.versions:
            for day in (version.effective, version.published, version.notified):
                if day and day <= self.day:
                    yield day

    def faults_of(self, slug: str) -> tuple[Fault, ...]:
        """Return the warnings about the files of one policy."""
        folder = f"{self.shown}/{slug}"
        return tuple(f for f in self.faults if f.path == folder or f.path.startswith(f"{folder}/"))

    @property
    def other_faults(self) -> tuple[Fault, ...]:
        """Return the warnings that are about no policy."""
        known = {fault for slug in self.slugs for fault in self.faults_of(slug)}
        return tuple(fault for fault in self.faults if fault not in known)


def read_content(config: MkDocsConfig, day: dt.date, plan: Plan, *, against_current: bool, is_preview: bool) -> Content:
    """Read the policies below MkDocs' `docs_dir` that the plan does not take over.

    Raises:
        ContentError: Something in any policy is wrong, or a released version was changed; holds every fault.
    """
    docs = Path(config.docs_dir)
    tree = read_rest(docs, plan)
    shown = shown_folder(docs).as_posix()
    inspected = inspect_content(tree.policies, docs, shown, day)
    faults = tuple(sorted({*_of_builds(tree.faults), *as_preview(inspected.faults)}))
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise ContentError(faults)
    known = (*(replace(policy, versions=()) for policy in tree.policies), *_named(docs, plan.reused))
    return Content(
        tree.policies,
        faults,
        day,
        against_current,
        plan.reused,
        shown,
        former=plan.former,
        rules=inspected.rules,
        names=names_of(sorted(known, key=lambda policy: policy.slug)),
        known=known,
        is_preview=is_preview,
        inspections=inspected.policies,
    )


def _fixed(files: Files, config: MkDocsConfig) -> Iterator[File]:
    """Yield the files that depend on no policy."""
    yield AssetFile(Asset("_headers", lambda: headers_file(strict_policy=_is_ours(config))), config)
    for name in () if _is_ours(config) else stylesheets_and_scripts()[0]:
        if not files.get_file_from_path(name):
            yield AssetFile(Asset(name, partial(style_for_other_themes, name)), config)


def _named(docs: Path, slugs: Iterable[str]) -> Iterator[Policy]:
    """Yield the policies that are taken over, as far as their names tell."""
    for slug in slugs:
        path = docs / slug / POLICY_FILE
        yield parse_policy(path.read_text(encoding="utf-8-sig"), path=path.as_posix(), slug=slug)[0]


def _titles(content: Content, config: MkDocsConfig) -> dict[str, str]:
    """Return the titles that pages have in the navigation, by source: those of mkdocs.yml, then our names."""
    ours = {page_source_uri(policy_uri(slug), "policy"): name.whole for slug, name in content.names.items()}
    return {**ours, **nav_titles(config.nav)}


def _of_builds(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Leave out the dead links of texts that stay as they are: the site shows none of them."""
    return (fault for fault in faults if fault.code != _OLD_LINK)


def without_sources(files: Files, content: Content, config: MkDocsConfig) -> Files:
    """Return MkDocs' files without the sources of policies, and without documents that must not be published."""
    folders = {*content.slugs, RULES_FOLDER}  # Rules of one's own are not published as files.
    left_out = folders | _restyled(files, config)
    ordinary = (
        file
        for file in files
        if not {file.src_uri, file.src_uri.partition("/")[0]} & left_out and not is_document(file.src_uri)
    )
    result = SiteFiles(ordinary, _reused_files(content, config, _titles(content, config)))
    _refuse_links(result, config)
    return result


def add_pages(result: Files, content: Content, config: MkDocsConfig, staging: Staging) -> Files:
    """Return files without sources of policies with the pages and assets put in that are made from these."""
    titles = _titles(content, config)
    content.library = _library(content, result)
    made: list[File] = [*_fixed(result, config)]
    for policy in content.policies:
        page: PolicyPage | None = None
        for item in _published(policy, content, config):
            keep = _keep(item, policy, content, staging)
            if isinstance(item, Page):
                page_file = KeptPage(item, config, titles, keep) if keep else PageFile(item, config, titles)
                if keep:
                    page_file.page.update_date = _former_day(item, policy, content)
                page = None if keep else page_file.page
                content.pages.append(page_file.page)
                made.append(page_file)
            else:
                made.append(KeptAsset(item, config, keep) if keep else AssetFile(item, config, accompanies=page))
    made += _explanation(result, content, config, titles)
    if not has_home(result):
        made.append(_home(content, config))
    for file in made:
        if other := result.get_file_from_path(file.src_uri):
            raise PublishError(f"{other.src_uri} stands where a page of a policy is to stand. Rename it.")
        result.append(file)
    for slug in content.reused:
        page_of_policy = result.get_file_from_path(f"{slug}/index.md")
        if isinstance(page_of_policy, ReusedFile):
            page_of_policy.is_for_navigation = True
    refuse_clashes(result)
    return result


def _restyled(files: Files, config: MkDocsConfig) -> set[str]:
    """Return the stylesheets of ours that another theme loads; one that somebody put in their place stays."""
    styles = set() if _is_ours(config) else set(stylesheets_and_scripts()[0])
    return {file.src_uri for file in files if file.src_uri in styles and file.src_dir == str(theme_folder())}


def _home(content: Content, config: MkDocsConfig) -> File:
    """Return the file of a home page that lists the policies."""
    shown = {page.source.policy for page in content.pages if page.source.kind == "policy"} | content.reused.keys()
    listed = [(policy, content.names[policy.slug]) for policy in content.known if policy.slug in shown]
    listed.sort(key=lambda item: (item[1].whole.casefold(), item[0].slug))
    # Whoever orders the navigation does not know of a page that is not there.
    inclusion = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.UNDEFINED
    return File.generated(config, "index.md", content=home_page(listed, config), inclusion=inclusion)


def add_links(files: Files, content: Content, config: MkDocsConfig) -> Files:
    """Return files of another language of the site with those pages put in that links may lead to; not to be written.

    The pages of a policy are there once: they are in the language of the policy.
    """
    titles = _titles(content, config)
    for page in content.pages:
        source = page.source
        record = PageRecord(source.uri, source.kind, source.title, "", is_listed=False, language=source.language)
        file = ReusedFile(record, config, titles, source.anchors)
        file.is_for_navigation = source.kind == "policy"
        files.append(file)
    return files


def _library(content: Content, files: Files) -> Library:
    """Return all that links of policies can lead to, ordinary pages by their addresses."""

    def find(path: str) -> str | None:
        found = (files.get_file_from_path(way) for way in ways_to(path))
        file = next((file for file in found if file and file.inclusion is not InclusionLevel.EXCLUDED), None)
        return None if file is None else "" if file.url in {".", "./"} else file.url

    policies = {slug: item.record.inventory for slug, item in content.reused.items()}
    return Library(policies | {policy.slug: linked_policy(policy) for policy in content.policies}, find)


def _explanation(files: Files, content: Content, config: MkDocsConfig, titles: dict[str, str]) -> Iterator[PageFile]:
    """Yield the page that tells how changes are judged, unless there is one of somebody's own."""
    page = judging_page(content.rules.rules)
    if not files.get_file_from_path(page_source_uri(page.uri, page.kind)):
        file = PageFile(page, config, titles)
        content.pages.append(file.page)
        yield file


def _keep(item: Page | Asset, policy: Policy, content: Content, staging: Staging) -> Callable[[], None] | None:
    """Return what brings a page or file from the old site, if it is there as it would be made now; note its key."""
    path = f"{item.uri}index.html" if isinstance(item, Page) else item.uri
    below = path.removeprefix(f"{policy.slug}/")
    if not item.key:
        return None
    content.keys.setdefault(policy.slug, {})[below] = item.key
    former = content.former.get(policy.slug)
    if former and former.keys.get(below) == item.key and former.is_as_left(staging.site / policy.slug, below):
        return partial(staging.keep, path, former.digests[below])
    return None


def _former_day(page: Page, policy: Policy, content: Content) -> str:
    """Return the day a page that is kept last changed: equal keys mean that it shows the same decisions."""
    return next((known.day for known in content.former[policy.slug].pages if known.uri == page.uri), "")


def _reused_files(
    content: Content, config: MkDocsConfig, titles: dict[str, str]
) -> dict[str, Callable[[], ReusedFile]]:
    """Return what makes the files of pages that are taken over, by the source that links name."""
    return {
        source: partial(ReusedFile, page, config, titles, item.record.anchors.get(source, ()))
        for item in content.reused.values()
        for page in item.record.pages
        for source in [page_source_uri(page.uri, page.kind)]
    }


def set_up_theme(config: MkDocsConfig) -> None:
    """Leave the sitemap to us, and bring our look to a theme that is not ours."""
    config.theme.static_templates.discard("sitemap.xml")
    if _is_ours(config):
        return
    folder = str(theme_folder())
    if folder not in config.theme.dirs:
        styles, scripts = stylesheets_and_scripts()
        config.theme.dirs.append(folder)
        config.extra_css.extend(styles)
        config.extra_javascript.extend(scripts)


def with_feed_links(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Return a page of another theme, with links to the feeds over all policies in the head of the home page."""
    if _is_ours(config) or not page.is_homepage:
        return output
    title = html.escape(f"{config.site_name}: what changes in all policies")
    links = "".join(
        f'<link rel="alternate" type="{kind}" title="{title}" href="{get_relative_url(uri, page.url)}">\n'
        for uri, kind in zip(SITE_FEEDS, ("application/atom+xml", "application/feed+json"), strict=True)
    )
    return output.replace("</head>", f"{links}</head>", 1)


def settle_navigation(nav: Navigation, files: Files) -> Navigation:
    """Let a policy stand in the navigation by its title, where MkDocs has made a section of its folder.

    The other pages of the policy are not in the navigation, so the section would hold the policy alone. From here on
    MkDocs is to handle as pages those only that are to be written.
    """
    for position, item in enumerate(nav.items):
        if item.is_section and item.children and len(item.children) == 1 and isinstance(item.children[0], PolicyPage):
            nav.items[position] = item.children[0]
            item.children[0].parent = None
    for file in files:
        if isinstance(file, ReusedFile):
            file.is_for_navigation = False
    return nav


def stand_in(files: Files, config: MkDocsConfig, failure: SmallprintError) -> Files:
    """Return MkDocs' files with one page alone, which tells what is wrong with the content."""
    result = Files(file for file in files if not file.is_documentation_page())
    text = f"# Nothing to show yet\n\n{textwrap.indent(explain(failure), '    ')}\n"
    result.append(File.generated(config, "index.md", content=text))
    config.nav = None
    return result


def _published(policy: Policy, content: Content, config: MkDocsConfig) -> Iterator[Page | Asset]:
    former = content.former.get(policy.slug)
    return policy_pages(
        policy,
        as_of=content.day,
        against_current=content.against_current,
        site_url=config.site_url or "",
        told=content.told.setdefault(policy.slug, {**former.told} if former else {}),
        judging=Judging(
            content.inspections[policy.slug].reviews, content.is_preview, partial(assess, rules=content.rules.rules)
        ),
        proofs=content.inspections[policy.slug].proofs,
        library=content.library,
    )


def _is_ours(config: MkDocsConfig) -> bool:
    return config.theme.name == THEME


def _refuse_links(files: Files, config: MkDocsConfig) -> None:
    """Raise where a symbolic link would bring a file from outside the content folder into the site."""
    root = os.path.realpath(config.docs_dir) + os.sep
    for file in files:
        if file.src_dir == config.docs_dir and file.abs_src_path:
            real = os.path.realpath(file.abs_src_path)
            if not real.startswith(root):
                raise PublishError(
                    f"{file.src_uri} is a link to {real}, outside the content folder. "
                    "Put a copy of the file in its place, or leave it out with exclude_docs."
                )
