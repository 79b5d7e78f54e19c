"""A hand-made run: two invented stories on seven pages, with every kind of record. Nothing here ever happened.

``sample(**changes)`` replaces texts for the tests of hostile input: ``headline``, ``outlet``, ``word`` (inserted into
the texts), ``location``.
"""

from __future__ import annotations

from firsthand.records import (
    Alignment,
    Anchor,
    Article,
    Carriage,
    Citation,
    Claim,
    Copy,
    Credit,
    Cue,
    Direction,
    Disagreement,
    Edit,
    Findings,
    First,
    FoundDate,
    Hedge,
    Lineage,
    Link,
    MaybeCarried,
    Moment,
    Named,
    OpenMerge,
    Origin,
    OriginCount,
    Overrule,
    Page,
    Passage,
    Place,
    Reason,
    Rejected,
    Report,
    SetAside,
    SourceMatter,
    Span,
    Statement,
    Story,
)

WIRE = (
    "The ferry Maren lost power off Oster Quay on Tuesday with 41 people aboard, two harbour officials said.",
    "The officials spoke on condition of anonymity because the inquiry is not finished.",
    "“We heard a bang and then the lights went out,” said Ilse Brandt, a passenger.",
    "The harbour office declined to comment on the cause.",
    "The Quay Ledger reported in March that the ferry had missed an inspection.",
)
RETOLD = (
    "Dozens were stranded when a ferry's engine failed near Oster Quay, the Tamber Wire reported on Wednesday.",
    "It said 41 passengers had been on board, citing officials of the harbour.",
    "“We heard a bang and then the lights went out,” Ilse Brandt told the agency.",
    "The vessel may have missed an inspection in March, according to the Quay Ledger.",
)
RADIO = (
    "A ferry drifted for three hours off Oster Quay on Tuesday evening.",
    "A person familiar with the rescue told Sund Radio that 44 people were taken off the Maren.",
    "Our reporter saw two tugs bring the ship in shortly before midnight.",
)
DAM_A = (
    "The Hollin dam will close for repairs on 3 June 2031, the Upland Post reports.",
    "The water board has not published a date.",
)
DAM_B = (
    "The Hollin dam is to close on 3 June 2031, according to the Vale Observer.",
    "Cracks were found in the spillway in May 2031.",
)
STORY, DAM = "story-ferry", "story-dam"


def text_of(paragraphs: tuple[str, ...]) -> tuple[str, tuple[Span, ...]]:
    """A text of paragraphs, and their spans."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return "\n\n".join(paragraphs), tuple(spans)


def reason(rule: str, because: str, weight: float, *places: Place) -> Reason:
    return Reason(rule, because, weight, places)


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(page: str, headline: str | None, paragraphs: tuple[str, ...], **fields: object) -> Article:
    text, spans = text_of(paragraphs)
    return Article(page, headline, text, spans, **fields)  # type: ignore[arg-type]


def say(
    key: str, source: Article, words: str, chain: tuple[Link, ...], kind: str = "indirect", **fields: object
) -> Statement:
    span = find(source.text, words)
    return Statement(key, source.page, span, words, kind, chain, **fields)  # type: ignore[arg-type]


def day(iso: str, basis: str = "stated", words: str | None = None) -> Moment:
    return Moment(iso, iso, basis, words)  # type: ignore[arg-type]


def sample(
    headline: str = "Ferry loses power off Oster Quay",
    outlet: str = "Vellmark Courier",
    word: str = "",
    location: str = "crawl/courier-ferry.html",
) -> Findings:
    """The run. The changed texts stand on the first page only, and in the words that are copied from it."""
    wire = (*WIRE[:4], WIRE[4] + (f" {word}" if word else ""))
    courier = article(
        "page-1",
        headline,
        wire,
        standfirst="Forty-one people waited for the tugs.",
        outlet=Named(outlet, "jsonld"),
        byline=("Petra Holm",),
        credit=Credit("Tamber Wire", "byline-line", None, "whole"),
        published=Moment("2031-05-14T08:40", "2031-05-14T08:40", "metadata", "14 May 2031 08:40"),
        dates=(
            FoundDate(day("2031-05-14T08:40", "metadata", "14 May 2031 08:40"), "publication", "the page's metadata"),
            FoundDate(day("2031-05-20", "stated", "Tuesday 20 May"), "not-publication", "it stands in the weather box"),
        ),
        topics=("Ferries", "Oster Quay"),
        genre="report",
        completeness="full",
        set_aside=(
            SetAside(
                ("Weather for Tuesday 20 May: 14 degrees", "Related: Harbour fees rise"), "weather and teasers", 3
            ),
            SetAside(("Sign up for our newsletter",), "a sign-up form", 31),
        ),
        reasons=(reason("jsonld-outlet", "the page's JSON-LD names its publisher", 1.0),),
    )
    herald = article(
        "page-2",
        "Lights out on the Maren",
        WIRE,
        outlet=Named("Oster Quay Herald", "copyright"),
        genre="report",
        completeness="full",
    )
    nameless = article("page-3", "41 aboard stricken ferry", WIRE[:2], completeness="truncated", genre="report")
    retold = article(
        "page-4",
        "Engine failure strands dozens",
        RETOLD,
        outlet=Named("Sund Chronicle", "url"),
        published=Moment("2031-05-14T00:00", "2031-05-15T23:59", "url", "/2031/05/"),
        genre="report",
        completeness="full",
    )
    radio = article(
        "page-5",
        "Three hours adrift",
        RADIO,
        outlet=Named("Sund Radio", "meta"),
        published=day("2031-05-14", "stated", "Wednesday, May 14, 2031"),
        genre="report",
        completeness="full",
    )
    upland = article("page-6", "Hollin dam to close", DAM_B, outlet=Named("Upland Post", "meta"), genre="report")
    vale = article("page-7", "Dam repairs near", DAM_A, outlet=Named("Vale Observer", "meta"), genre="report")
    articles = (courier, herald, nameless, retold, radio, upland, vale)
    statements = _ferry_statements(courier, herald, nameless, retold, radio, word) + _dam_statements(upland, vale)
    return Findings(
        pages=_pages(articles, location),
        articles=articles,
        copies=_copies(articles),
        stories=(
            Story(
                STORY,
                headline,
                tuple(row.page for row in articles[:5]),
                (reason("shared-names", "five pages name Oster Quay and the Maren", 0.8),),
            ),
            Story(DAM, "Hollin dam to close", ("page-6", "page-7")),
        ),
        statements=statements,
        lineage=_lineage(),
        alignment=_alignment(statements),
        origins=_origins(),
        source_matter=_source_matter(herald, retold),
        overrules=(
            Overrule(
                "o-1",
                "one",
                "origins",
                (Anchor(articles[0].page, "some words", "mark-1"),),
                (Anchor(articles[1].page, "other words", "mark-2"),),
                ("one of them", "the other"),
                "2031-05-09",
                "one desk",
            ),
        ),
        rejected=(
            Rejected("crawl/broken.warc", "pages", "the record ends after 120 of 4,096 bytes"),
            Rejected("page-9", "articles", "no paragraph of prose was found"),
            Rejected("statement-x", "claims", "a statement without content words"),
        ),
        read=("crawl/",),
        options=(("pages.max_page_bytes", "20000000"), ("copies.threshold", "0.5")),
        made_with=(("firsthand", "0.1.0"), ("spacy", "3.8")),
    )


def _source_matter(*articles: Article) -> tuple[SourceMatter, ...]:
    """The passenger's words, on two pages."""
    words = "We heard a bang and then the lights went out"
    starts = [(row.page, row.text.index(words)) for row in articles]
    places = tuple(Place(page, Span(start, start + len(words))) for page, start in starts)
    return (SourceMatter("m-1", places, 10, (reason("quoted-by-both", "10 words that 2 pages quote", 10.0),)),)


def _pages(articles: tuple[Article, ...], location: str) -> tuple[Page, ...]:
    places = (
        location,
        "crawl/herald.html",
        "crawl/unnamed-page.txt",
        "crawl/chronicle.html",
        "crawl/radio.html",
        "crawl/upland.html",
        "crawl/vale.html",
    )
    rows = [
        Page(
            row.page,
            place,
            "html",
            "<p>",
            given_id=f"r{number}",
            url=f"https://{row.page}.example/ferry",
            captured="2031-06-01T00:00",
        )
        for number, (row, place) in enumerate(zip(articles, places, strict=True))
    ]
    return (*rows, Page("page-9", "crawl/menu-only.html", "html", "<nav>"))


def _newsroom(article: Article) -> Link:
    return Link("newsroom", "body", article.outlet.name if article.outlet else None)


def _officials(text: str) -> Link:
    return Link(
        "source",
        "unnamed",
        description="two harbour officials",
        count="two",
        anonymity_reason="the inquiry is not finished",
        relation="unknown",
        cue=Cue("said", find(text, "said")),
        span=find(text, "two harbour officials"),
        content=Span(0, text.index(", two harbour")),
    )


def _ferry_statements(
    courier: Article, herald: Article, nameless: Article, retold: Article, radio: Article, word: str
) -> tuple[Statement, ...]:
    brandt = Link("source", "person", "Ilse Brandt", "Ilse Brandt, a passenger", relation="first-hand", cue=Cue("said"))
    ledger = Link("report", "body", "Quay Ledger", when=Moment("2031-03-01", "2031-03-31", "relative", "in March"))
    wire = Link("report", "body", "Tamber Wire", cue=Cue("reported"), when=day("2031-05-14", "relative", "Wednesday"))
    tuesday = day("2031-05-13", "relative", "on Tuesday")
    march = Moment("2031-03-01", "2031-03-31", "relative", "in March")
    lead, quote = WIRE[0], "“We heard a bang and then the lights went out,”"
    rows = []
    for place, page in enumerate((courier, herald, nameless), 1):
        site = _newsroom(page)
        rows.append(say(f"st-lead-{place}", page, lead, (site, _officials(page.text)), about=tuesday))
        if page is nameless:
            continue
        rows.append(say(f"st-quote-{place}", page, quote, (site, brandt), "quote", parts=(find(page.text, quote),)))
        rows.append(
            say(f"st-none-{place}", page, WIRE[3], (site, Link("source", "body", "the harbour office")), "no_comment")
        )
        ending = WIRE[4] + (f" {word}" if word and page is courier else "")
        rows.append(say(f"st-missed-{place}", page, ending, (site, ledger), about=march))
    site = _newsroom(retold)
    officials = Link("source", "unnamed", description="officials of the harbour", relation="second-hand")
    rows += [
        say("st-lead-4", retold, RETOLD[0], (site, wire), about=day("2031-05-13", "relative", "on Wednesday")),
        say("st-aboard-4", retold, RETOLD[1], (site, wire, officials)),
        say("st-quote-4", retold, quote, (site, wire, brandt), "quote"),
        say(
            "st-missed-4", retold, RETOLD[3], (site, ledger), hedge=Hedge("may", find(retold.text, "may")), about=march
        ),
        say("st-drift-5", radio, RADIO[0], (_newsroom(radio),), "own_voice", about=tuesday),
        say(
            "st-aboard-5",
            radio,
            RADIO[1],
            (_newsroom(radio), Link("source", "unnamed", description="A person familiar with the rescue")),
        ),
        say(
            "st-tugs-5",
            radio,
            RADIO[2],
            (_newsroom(radio), Link("source", "observation", description="Our reporter")),
            "own_voice",
            about=tuesday,
        ),
    ]
    return tuple(rows)


def _dam_statements(upland: Article, vale: Article) -> tuple[Statement, ...]:
    june = day("2031-06-03", "stated", "3 June 2031")
    may = Moment("2031-05-01", "2031-05-31", "stated", "in May 2031")
    return (
        say("st-dam-6", upland, DAM_B[0], (_newsroom(upland), Link("report", "body", "Vale Observer")), about=june),
        say("st-cracks-6", upland, DAM_B[1], (_newsroom(upland),), "own_voice", about=may),
        say("st-dam-7", vale, DAM_A[0], (_newsroom(vale), Link("report", "body", "Upland Post")), about=june),
        say(
            "st-board-7",
            vale,
            DAM_A[1],
            (_newsroom(vale), Link("source", "body", "The water board")),
            "own_voice",
            polarity="negated",
        ),
    )


def _copies(articles: tuple[Article, ...]) -> tuple[Copy, ...]:
    courier, herald, nameless, retold, *_ = articles
    same = tuple(Passage(a, b) for a, b in zip(courier.paragraphs[:4], herald.paragraphs[:4], strict=True))
    part = tuple(Passage(a, b) for a, b in zip(courier.paragraphs[:2], nameless.paragraphs, strict=True))
    told = (Passage(courier.paragraphs[0], retold.paragraphs[0]), Passage(courier.paragraphs[2], retold.paragraphs[2]))
    place = Place("page-1", courier.paragraphs[0])
    return (
        Copy(
            "page-1",
            "page-2",
            "edited",
            0.94,
            0.99,
            same,
            (reason("shared-words", "both share 71 words", 0.94, place),),
            _edits(courier, herald),
        ),
        Copy("page-1", "page-3", "excerpt", 0.46, 1.0, part, (reason("shared-words", "both share 31 words", 1.0),)),
        Copy("page-1", "page-4", "rewrite", 0.4, 0.5, told, (reason("shared-content", "two sentences retold", 0.5),)),
    )


def _edits(courier: Article, herald: Article) -> tuple[Edit, ...]:
    """What the two texts differ in."""
    end = Span(len(herald.text), len(herald.text))
    return (Edit("cut", courier.paragraphs[4], end),)


def _lineage() -> Lineage:
    may = day("2031-05-14T08:40", "metadata", "14 May 2031 08:40")
    reports = (
        Report(
            "report-wire",
            "Tamber Wire",
            True,
            ("page-1", "page-2", "page-3"),
            "Ferry loses power off Oster Quay",
            may,
            "original",
            STORY,
            ("report-ledger",),
            reasons=(reason("shared-credit", "three pages share one text", 0.9, Place("page-1")),),
        ),
        Report(
            "report-chron",
            "Sund Chronicle",
            True,
            ("page-4",),
            "Engine failure strands dozens",
            None,
            "rewrite",
            STORY,
            ("report-wire", "report-ledger"),
            ("report-wire",),
        ),
        Report("report-radio", "Sund Radio", True, ("page-5",), "Three hours adrift", None, "original", STORY),
        Report(
            "report-ledger",
            "Quay Ledger",
            False,
            (),
            None,
            Moment("2031-03-01", "2031-03-31", "relative", "in March"),
            "unknown",
            STORY,
            maybe_carried_by=(
                MaybeCarried("page-5", "it was published by the same house", (reason("same-house", "one owner", 0.3),)),
            ),
        ),
        Report(
            "report-upland",
            "Upland Post",
            True,
            ("page-6",),
            "Hollin dam to close",
            None,
            "unknown",
            DAM,
            ("report-vale",),
        ),
        Report(
            "report-vale",
            "Vale Observer",
            True,
            ("page-7",),
            "Dam repairs near",
            None,
            "unknown",
            DAM,
            ("report-upland",),
        ),
    )
    credit = Credit("Tamber Wire", "byline-line")
    learned = (reason("credit-by-copy", "another page of the same report names the agency", 1.0, Place("page-1")),)
    carriages = (
        Carriage("page-1", "report-wire", credit, may),
        Carriage("page-2", "report-wire", credit, may, learned),
        Carriage("page-3", "report-wire", credit, may, learned),
        Carriage("page-4", "report-chron", None, None),
        Carriage("page-5", "report-radio", None, None),
        Carriage("page-6", "report-upland", None, None),
        Carriage("page-7", "report-vale", None, None),
    )
    citations = (
        *(Citation(f"st-missed-{place}", 1, "report-ledger") for place in (1, 2, 4)),
        *(Citation(f"st-{what}-4", 1, "report-wire") for what in ("lead", "aboard", "quote")),
        Citation("st-lead-1", 0, "report-wire"),
        Citation("st-dam-6", 1, "report-vale"),
        Citation("st-dam-7", 1, "report-upland"),
    )
    directions = (
        Direction("page-1", "page-2", "common_original", (reason("same-credit", "both carry one agency's text", 1.0),)),
        Direction("page-1", "page-4", "b_from_a", (reason("cites-the-other", "it cites the Tamber Wire", 0.9),)),
    )
    return Lineage(reports, carriages, citations, directions)


def _alignment(statements: tuple[Statement, ...]) -> Alignment:
    text = {row.id: row.text for row in statements}
    first, others = "st-missed-1", ("st-missed-2", "st-missed-4")

    def claim(
        key: str, ids: tuple[str, ...], carried: str, silent: str, unreadable: str = "", story: str = STORY
    ) -> Claim:
        def ref(digits: str) -> tuple[str, ...]:
            return tuple(f"page-{digit}" for digit in digits)

        return Claim(
            key,
            story,
            text[ids[0]],
            ids,
            ref(carried),
            ref(silent),
            ref(unreadable),
            (reason("same-terms", "the statements share their names and verbs", 0.8),),
        )

    return Alignment(
        claims=(
            claim("claim-power", ("st-lead-1", "st-lead-2", "st-lead-3", "st-lead-4"), "1234", "5"),
            claim("claim-quote", ("st-quote-1", "st-quote-2", "st-quote-4"), "124", "5", "3"),
            claim("claim-missed", (first, *others), "124", "5", "3"),
            claim("claim-none", ("st-none-1", "st-none-2"), "12", "45", "3"),
            claim("claim-aboard", ("st-aboard-4",), "4", "12", "3"),
            claim("claim-44", ("st-aboard-5",), "5", "124", "3"),
            claim("claim-drift", ("st-drift-5",), "5", "124", "3"),
            claim("claim-tugs", ("st-tugs-5",), "5", "124", "3"),
            claim("claim-dam", ("st-dam-6", "st-dam-7"), "67", "", story=DAM),
            claim("claim-cracks", ("st-cracks-6",), "6", "7", story=DAM),
        ),
        disagreements=(
            Disagreement(
                "dis-aboard",
                STORY,
                "number",
                ("st-lead-1", "st-aboard-4", "st-aboard-5"),
                ("41", "41", "44"),
                "41 people aboard on two pages, 44 people taken off on another",
                (reason("unequal-counts", "41 is not 44", 1.0, Place("page-5")),),
            ),
        ),
    )


def _origins() -> tuple[OriginCount, ...]:
    wire = Origin(
        "report-wire",
        "two harbour officials",
        "unnamed",
        ("st-lead-1", "st-lead-2", "st-lead-3", "st-lead-4"),
        (reason("same-report", "four pages carry or retell one report", 1.0, Place("page-2")),),
    )
    radio = Origin("report-radio", "A person familiar with the rescue", "unnamed", ("st-aboard-5",), ())
    brandt = Origin(
        "report-wire",
        "Ilse Brandt",
        "person",
        ("st-quote-1", "st-quote-2", "st-quote-4"),
        (reason("same-utterance", "one utterance, quoted alike", 1.0),),
    )
    maybe = OpenMerge(0, 1, (reason("unnamed-may-be-one", "two newsrooms' unnamed officials may be one person", 0.5),))
    clock = reason("earliest-clock", "its clock of 14 May 2031, 08:40 is before all others", 1.0, Place("page-1"))
    unclear = First(("page-6", "page-7"), "undetermined", (reason("no-clock", "neither page is dated", 0.0),))
    return (
        OriginCount(
            "claim-power",
            1,
            2,
            (wire, radio),
            (maybe,),
            First(("page-1",), "found", (clock,)),
            (),
            (reason("open-merges", "one merge is open", 1.0),),
        ),
        OriginCount("claim-quote", 1, 1, (brandt,), (), First(("page-1", "page-2"), "tied", (clock,))),
        OriginCount(
            "claim-missed",
            1,
            1,
            (Origin("report-ledger", None, "body", ("st-missed-1", "st-missed-2", "st-missed-4"), ()),),
            (),
            First((), "absent", ()),
        ),
        OriginCount(
            "claim-aboard",
            1,
            1,
            (Origin("report-wire", "officials of the harbour", "unnamed", ("st-aboard-4",), ()),),
            (),
            First(("page-4",), "undetermined", ()),
        ),
        OriginCount(
            "claim-44",
            1,
            1,
            (Origin("report-radio", "A person familiar with the rescue", "unnamed", ("st-aboard-5",), ()),),
            (),
            First(("page-5",), "found", ()),
        ),
        OriginCount(
            "claim-dam",
            0,
            1,
            (Origin(None, None, "unknown", ("st-dam-6", "st-dam-7"), ()),),
            (),
            unclear,
            (("report-upland", "report-vale"),),
            (reason("loop", "two reports cite each other", 1.0),),
        ),
    )
