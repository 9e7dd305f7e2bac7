// Shows one state at a time. Without it, the page shows them all.
"use strict";
(() => {
  const states = [...document.querySelectorAll(".state")];
  if (states.length === 0) return;
  const links = new Map([...document.querySelectorAll(".steps a")].map((a) => [a.hash, a]));
  const marks = [...document.querySelectorAll("[data-step]")];
  const byId = (id) => document.getElementById(id);
  const slider = byId("slider");
  const last = states.length - 1;
  let current = 0;

  function show(number, saysSo) {
    current = Math.max(0, Math.min(last, number));
    for (const [index, state] of states.entries()) state.classList.toggle("current", index === current);
    for (const [hash, link] of links) {
      if (hash === "#" + current) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    for (const mark of marks) {
      const step = Number(mark.dataset.step);
      mark.classList.toggle("now", step === current);
      mark.classList.toggle("later", step > current);
    }
    const title = states[current].querySelector("h2").textContent;
    slider.value = current;
    slider.setAttribute("aria-valuetext", title);
    byId("place").textContent = current + " of " + last;
    byId("first").disabled = byId("back").disabled = current === 0;
    byId("last").disabled = byId("forward").disabled = current === last;
    reveal(links.get("#" + current));
    if (saysSo) byId("said").textContent = "Step " + title;
  }

  // Scrolls the list of steps, but not the page.
  function reveal(link) {
    const list = link && link.closest("ol");
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const [inner, outer] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
    if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
  }

  function go(number) {
    show(number, true);
    history.replaceState(null, "", "#" + current);
  }

  function stepOfAddress() {
    return /^#\d+$/.test(location.hash) ? Number(location.hash.slice(1)) : 0;
  }

  const keys = {
    ArrowLeft: () => current - 1,
    ArrowRight: () => current + 1,
    Home: () => 0,
    End: () => last,
  };
  document.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    // The slider moves by itself, and a wide picture scrolls.
    if (event.target === slider || event.target.closest(".scroller")) return;
    event.preventDefault();
    go(move());
  });
  byId("first").addEventListener("click", () => go(0));
  byId("back").addEventListener("click", () => go(current - 1));
  byId("forward").addEventListener("click", () => go(current + 1));
  byId("last").addEventListener("click", () => go(last));
  slider.addEventListener("input", () => go(Number(slider.value)));
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(Number(link.hash.slice(1)));
    });
  }
  for (const mark of marks) mark.addEventListener("click", () => go(Number(mark.dataset.step)));
  addEventListener("hashchange", () => show(stepOfAddress(), true));

  document.documentElement.classList.add("stepping");
  document.querySelector(".controls").hidden = false;
  show(stepOfAddress(), false);
})();
