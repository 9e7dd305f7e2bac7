import Foundation
import Testing

/// The page of `show --as html` in a real browser.
@Suite(
  "The page in a browser", .serialized, .enabled(if: Chromium.isInstalled, "\(Chromium.skipped)"),
  .timeLimit(.minutes(8)))
struct BrowserTests {
  private static func withPage(
    _ arguments: [String], in files: [String: String] = [:], fragment: String = "",
    _ body: (Chromium) throws -> Void
  ) async throws {
    try await TestFolder.with(files) { folder in
      let shown = try await SynscopeCommand.run(
        ["show"] + arguments + ["--as", "html", "-o", folder.file("page.html")], in: folder.path)
      #expect(shown.exitCode == 0, "\(shown.text)")
      try Chromium.with(page: folder.file("page.html"), fragment: fragment) { browser in
        try body(browser)
        // The page asked for itself and nothing else, and no policy was broken.
        #expect(
          browser.requests.allSatisfy { $0.hasPrefix("file://\(folder.path)/page.html") },
          "\(browser.requests)")
        #expect(browser.requests.count == 1)
        #expect(browser.complaints == [])
      }
    }
  }

  private static var phantom: [String] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return ["/\(root)/Models/syn/part5.itf.json", "--model", "syn/part5"]
  }

  /// The number of the only state that is shown, and of the step that is marked as current.
  private func place(_ browser: Chromium) throws -> [String] {
    try browser.evaluate(
      """
      [...document.querySelectorAll(".state")].filter(s => s.offsetParent !== null).map(s => s.id)
        .concat([...document.querySelectorAll("[aria-current=step]")].map(a => a.hash), [location.hash])
      """
    ).array.compactMap(\.string)
  }

  @Test("Arrow keys, buttons, the slider and the list step; the address follows")
  func stepping() async throws {
    try await Self.withPage(Self.phantom) { browser in
      let start = try place(browser)
      #expect(start == ["0", "#0", ""])
      try browser.press("ArrowRight")
      #expect(try place(browser) == ["1", "#1", "#1"])
      try browser.press("End")
      #expect(try place(browser) == ["9", "#9", "#9"])
      try browser.press("ArrowRight")
      try browser.press("ArrowLeft")
      #expect(try place(browser) == ["8", "#8", "#8"])
      try browser.press("Home")
      #expect(try place(browser) == ["0", "#0", "#0"])
      _ = try browser.evaluate("document.getElementById('forward').click()")
      #expect(try place(browser) == ["1", "#1", "#1"])
      _ = try browser.evaluate(
        "{ const s = document.getElementById('slider'); s.value = 6; s.dispatchEvent(new Event('input')) }")
      #expect(try place(browser) == ["6", "#6", "#6"])
      // The slider has keys of its own, which must not step twice.
      _ = try browser.evaluate("document.getElementById('slider').focus()")
      try browser.press("ArrowRight")
      #expect(try place(browser) == ["7", "#7", "#7"])
      _ = try browser.evaluate("document.querySelector('.steps a[href=\"#3\"]').click()")
      #expect(try place(browser) == ["3", "#3", "#3"])
      _ = try browser.evaluate("location.hash = '#5'")
      #expect(try place(browser) == ["5", "#5", "#5"])
      #expect(
        try browser.evaluate("document.getElementById('said').textContent").string?.contains("Discover(n1)")
          == true)
    }
  }

  @Test(
    "A link to a step opens it; one to nothing opens the nearest",
    arguments: [("#7", "7"), ("#99", "9"), ("#x", "0")])
  func link(fragment: String, step: String) async throws {
    try await Self.withPage(Self.phantom, fragment: fragment) { browser in
      let shown = try place(browser)
      #expect(shown.first == step)
    }
  }

  @Test("A screen reader finds headings, lists, tables, the slider and the current step")
  func accessibility() async throws {
    try await Self.withPage(Self.phantom, fragment: "#7") { browser in
      let tree = try browser.accessibilityTree()
      func names(_ role: String) -> [String] {
        tree.filter { $0["role"]["value"].string == role }.compactMap { $0["name"]["value"].string }
      }
      let headings = names("heading")
      for heading in [
        "AllRegistered fails after 9 steps", "Why", "Trace", "7 Discover(n2)", "n1", "What changed",
        "Space–time",
      ] {
        #expect(headings.contains(heading), "\(heading) in \(headings)")
      }
      #expect(!names("list").isEmpty && !names("listitem").isEmpty)
      #expect(names("rowheader").contains("locally_registered"))
      #expect(names("slider") == ["Step"])
      #expect(names("image").contains("Trace of part5: counterexample to AllRegistered"))
      let links = tree.filter {
        $0["role"]["value"].string == "link" && $0["name"]["value"].string?.contains("Discover(n2)") == true
      }
      #expect(links.count == 1)
      #expect(try place(browser) == ["7", "#7", "#7"])
      // What has a name for the ear has one that says something.
      #expect(
        !tree.contains {
          ["button", "link", "slider"].contains($0["role"]["value"].string ?? "")
            && ($0["name"]["value"].string ?? "").isEmpty
        })
    }
  }

  @Test("On a phone nothing is wider than the screen, and on paper every state is there")
  func sizes() async throws {
    try await Self.withPage(Self.phantom, fragment: "#6") { browser in
      for width in [360, 768, 1400] {
        _ = try browser.call(
          "Emulation.setDeviceMetricsOverride",
          ["width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500])
        let overflow = try browser.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(overflow.integer == 0, "\(width)")
      }
      _ = try browser.call("Emulation.setEmulatedMedia", ["media": "print"])
      #expect(
        try browser.evaluate(
          "[...document.querySelectorAll('.state')].filter(s => s.offsetParent !== null).length"
        ).integer == 10)
    }
  }

  @Test(
    "Light and dark follow the reader, and text stands out from its ground in both",
    arguments: ["light", "dark"])
  func colors(scheme: String) async throws {
    try await Self.withPage(Self.phantom, fragment: "#7") { browser in
      _ = try browser.call(
        "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": scheme]]])
      let background = try browser.evaluate("getComputedStyle(document.body).backgroundColor").string
      #expect(background == (scheme == "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)"))
      let faint = try browser.evaluate(Self.faintTexts).array.compactMap(\.string)
      #expect(faint == [])
    }
  }

  /// The texts on the screen whose contrast is less than 4.5 to 1 (WCAG AA).
  private static let faintTexts = """
    (() => {
      const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
      const numbers = color => color.match(/[\\d.]+/g).map(Number);
      const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
      const ground = e => { for (; e; e = e.parentElement) {
        const c = numbers(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
      const faint = [];
      for (const e of document.querySelectorAll("body *:not(svg *):not(script):not(:disabled)")) {
        if (!e.offsetParent || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
        if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) faint.push(e.className + ": " + e.textContent.slice(0, 40));
      }
      return faint;
    })()
    """

  @Test("No word of the picture lies on another, measured with the browser's own font")
  func pictureInTheBrowser() async throws {
    try await Self.withPage(Self.phantom) { browser in
      let overlaps = try browser.evaluate(
        """
        (() => {
          const texts = [...document.querySelectorAll("svg text")].map(t => [t.textContent, t.getBBox()]);
          const found = [];
          texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
            if (a.x < b.x + b.width && b.x < a.x + a.width && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height)
              found.push(one + " on " + other);
          }));
          return found;
        })()
        """
      ).array
      #expect(overlaps == [])
    }
  }

  @Test("Nothing from a trace runs")
  func nothingRuns() async throws {
    let evil =
      #"</script></style></svg><img src=x onerror=\"window.ran = 1\"><script>window.ran = 2</script>"#
    let trace = """
      {"#meta": {"source": "\(evil)"}, "vars": ["inbox", "\(evil)"],
       "states": [
        {"#meta": {"index": 0}, "inbox": {"#map": [["a", []], ["b", []]]}, "\(evil)": "\(evil)"},
        {"#meta": {"index": 1, "action": "\(evil)"}, "inbox": {"#map": [["a", [{"kind": "\(evil)", "x": 1}]], ["b", []]]}, "\(evil)": "x"}]}
      """
    try await Self.withPage(["trace.json"], in: ["trace.json": trace], fragment: "#1") { browser in
      let isClean = try browser.evaluate("window.ran === undefined && document.images.length === 0")
      #expect(isClean == .boolean(true))
      #expect(try browser.evaluate("document.scripts.length").integer == 1)
      #expect(try place(browser).first == "1")
      #expect(
        try browser.evaluate("document.querySelector('.states').textContent").string?.contains("<img src=x")
          == true)
    }
  }
}
