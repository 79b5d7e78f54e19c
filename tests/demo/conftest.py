"""The demo pages as plain words, read here without the tool: a test of the truth must not lean on what it judges."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from firsthand.demo import collection, truth

HERE = Path(__file__).resolve().parent


def words_of(source: str) -> str:
    """HTML or text as plain words, one space between any two."""
    if re.match(r"\s*<(?:!doctype|html)", source, re.IGNORECASE):
        source = html.unescape(re.sub(r"<(?:style|script type)[\s\S]*?</(?:style|script)>|<[^>]+>", " ", source))
    return " ".join(source.split())


def responses(warc: Path) -> dict[str, str]:
    """URL to HTML, by the record headers alone."""
    found = {}
    for part in warc.read_bytes().decode().split("WARC/1.1\r\n")[1:]:
        if "WARC-Type: response" in part:
            found[part.split("WARC-Target-URI: ")[1].split("\r\n")[0]] = part.split("\r\n\r\n", 2)[2]
    return found


@pytest.fixture(scope="session")
def the_truth() -> dict[str, Any]:
    return truth()


@pytest.fixture(scope="session")
def raw(the_truth: dict[str, Any]) -> dict[str, str]:
    """The plain words of each page, by the truth's key."""
    folder = collection()
    records = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    by_id = {record["id"]: f"{record['title']}\n{words_of(record.get('html') or record['text'])}" for record in records}
    by_url = responses(folder / "crawl.warc")
    found = {}
    for key, row in the_truth["pages"].items():
        find = row["find"]
        if "file" in find:
            found[key] = words_of((folder / find["file"]).read_text(encoding="utf-8"))
        else:
            found[key] = by_id[find["given_id"]] if "given_id" in find else words_of(by_url[find["url"]])
    return found
