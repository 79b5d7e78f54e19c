// The page works without this: it opens what a link leads to, offers a choice of pairs, and opens all for printing.
(function () {
  "use strict";
  function reveal(id) {
    var target = id ? document.getElementById(id) : null;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    return target;
  }
  function follow() {
    var target = null;
    try { target = reveal(decodeURIComponent(location.hash.slice(1))); } catch (error) { return; }
    if (target) {
      target.scrollIntoView();
      if (target.hasAttribute("tabindex")) { target.focus({ preventScroll: true }); }
    }
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href^='#']") : null;
    if (!link) { return; }
    if (link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
    else { reveal(link.getAttribute("href").slice(1)); }
  });
  window.addEventListener("hashchange", follow);
  if (location.hash) { follow(); }

  document.querySelectorAll("select[data-pairs]").forEach(function (select) {
    var pairs = document.getElementById(select.dataset.pairs).querySelectorAll("details.pair");
    select.closest("p").hidden = pairs.length < 2;
    select.addEventListener("change", function () {
      pairs.forEach(function (pair) { pair.open = pair.id === select.value; });
    });
    pairs.forEach(function (pair) {
      pair.addEventListener("toggle", function () { if (pair.open) { select.value = pair.id; } });
    });
  });

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
    closed = [];
  });
}());
