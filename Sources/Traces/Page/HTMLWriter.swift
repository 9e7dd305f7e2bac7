internal import StateSpace

/// Writes a trace as one page for a browser. It needs no other file and no network, and holds every state, so it can be read and printed
/// without its script. The script shows one state at a time.
package enum HTMLWriter {
  /// The SHA-256 of `page.js`, by which the page's policy allows that script and no other.
  package static let scriptDigest = "HJlywnDX9zi740Oj5waiSg8hJ1EaeU2+ZAqrftEDYXQ="

  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    let structure =
      structure.flatMap { $0.variables == trace.variables ? $0 : nil } ?? ProtocolStructure(of: trace)
    let states = StateCards.all(of: trace, in: structure)
    var page = HTMLText()
    page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.markup(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        + "script-src 'sha256-\(scriptDigest)'; base-uri 'none'; form-action 'none'\">\n")
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.markup("<meta name=\"color-scheme\" content=\"light dark\">\n")
    page.element("title", text: "\(trace.headline) · \(trace.modelName)")
    page.markup("\n<style>\(asset(PackageResources.page_css))</style>\n</head>\n<body>\n")
    header(trace, &page)
    page.markup("<main>\n")
    controls(trace, &page)
    page.markup("<div class=\"columns\">\n")
    steps(trace, structure, &page)
    page.element("div", "class=\"states\"") { page in
      page.markup("\n")
      for state in states { StateSection(trace, state).write(to: &page) }
    }
    page.markup("\n</div>\n")
    if !trace.steps.isEmpty, !structure.nodes.isEmpty {
      page.element("section", "class=\"diagram\" aria-labelledby=\"space-time\"") { page in
        page.element("h2", "id=\"space-time\"", text: "Space–time")
        page.element(
          "div", "class=\"scroller\" tabindex=\"0\" role=\"region\" aria-labelledby=\"space-time\""
        ) {
          $0.markup("\n" + SpaceTimeSVGWriter.text(trace, structure: structure, hasHeader: false))
        }
      }
    }
    page.markup("\n</main>\n")
    footer(trace, &page)
    page.markup("<script>\(asset(PackageResources.page_js))</script>\n</body>\n</html>\n")
    return page.html
  }

  private static func asset(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Above the states

  private static func header(_ trace: Trace, _ page: inout HTMLText) {
    page.element("header") { page in
      page.element("p", "class=\"model\"") { page in
        page.text("Trace of ")
        page.element("code", text: trace.modelName)
        if let source = trace.metadata.source { page.text(" · \(source)") }
      }
      page.element("h1", text: trace.headline)
      if let violation = trace.violation {
        page.element("div", "class=\"verdict\"") { page in
          page.element("p") { page in
            page.markup("<span aria-hidden=\"true\">✗</span> ")
            page.element("strong", text: violation.name)
            page.text(violation.step == 0 ? " does not hold in " : " does not hold after ")
            page.element("a", "href=\"#\(violation.step)\"", text: "step \(violation.step)")
          }
          if let explanation = violation.explanation { page.element("pre") { $0.lines(of: explanation) } }
          if !violation.why.isEmpty {
            page.element("h2", text: "Why")
            page.element("ul") { page in for why in violation.why { page.element("li", text: why) } }
          }
        }
      }
      if let words = trace.loopWords {
        page.element("p", "class=\"loop\"") {
          $0.text("↺ After step \(trace.steps.count - 1) it goes on for ever: \(words).")
        }
      }
      if !trace.metadata.notes.isEmpty {
        page.element("ul", "class=\"notes\"") { page in
          for note in trace.metadata.notes { page.element("li", text: note) }
        }
      }
    }
    page.markup("\n")
  }

  private static func controls(_ trace: Trace, _ page: inout HTMLText) {
    let last = max(0, trace.steps.count - 1)
    page.element("nav", "class=\"controls\" aria-label=\"Stepping\" hidden") { page in
      for (id, words, sign) in [("first", "First step", "⇤"), ("back", "Step back", "←")] {
        page.element(
          "button", "type=\"button\" id=\"\(id)\" aria-label=\"\(words)\" title=\"\(words)\"", text: sign)
      }
      page.markup(
        "<input type=\"range\" id=\"slider\" min=\"0\" max=\"\(last)\" value=\"0\" aria-label=\"Step\">")
      for (id, words, sign) in [("forward", "Step forward", "→"), ("last", "Last step", "⇥")] {
        page.element(
          "button", "type=\"button\" id=\"\(id)\" aria-label=\"\(words)\" title=\"\(words)\"", text: sign)
      }
      page.element("output", "id=\"place\" aria-live=\"off\"", text: "0 of \(last)")
    }
    page.markup("<p class=\"said\" id=\"said\" aria-live=\"polite\"></p>\n")
  }

  /// The list of the steps, each with what it does.
  private static func steps(_ trace: Trace, _ structure: ProtocolStructure, _ page: inout HTMLText) {
    page.element("nav", "class=\"steps\" aria-labelledby=\"steps\"") { page in
      page.element("h2", "id=\"steps\"", text: "Trace")
      page.markup("\n<ol start=\"0\">\n")
      for index in trace.steps.indices {
        page.element("li") { page in
          if let omission = trace.omissions[index] {
            page.element("p", "class=\"gap\"", text: "… \(omission.words)")
          }
          page.element("a", "href=\"#\(index)\"") { page in
            page.element("span", "class=\"number\"", text: "\(index)")
            page.text(" ")
            page.element(
              "span", "class=\"action\"", text: trace.title(ofStep: index, unknown: "unknown action"))
            let words = trace.summary(ofStep: index, structure: structure)?.text() ?? ""
            if !words.isEmpty {
              page.text(" ")
              page.element("span", "class=\"summary\"", text: words)
            }
            if let violation = trace.violation, violation.step == index {
              page.text(" ")
              page.element("span", "class=\"wrong\"", text: "✗ \(violation.name)")
            }
          }
        }
        page.markup("\n")
      }
      page.markup("</ol>\n")
      if let words = trace.loopWords { page.element("p", "class=\"loop\"", text: "↺ \(words)") }
    }
    page.markup("\n")
  }

  private static func footer(_ trace: Trace, _ page: inout HTMLText) {
    page.element("footer") { page in
      page.element("p", "class=\"keys\"") { page in
        page.markup(
          "<kbd>←</kbd> <kbd>→</kbd> step · <kbd>Home</kbd> <kbd>End</kbd> first and last · "
            + "<code>#7</code> at the end of the address is a link to step 7")
      }
      page.element("p", text: "◆ changed by this step · ╳ cut, late or lost · ▶ read next")
      page.element("p", text: "Made with Synscope" + (trace.metadata.digest.map { " · model \($0)" } ?? ""))
    }
    page.markup("\n")
  }
}

extension Trace {
  fileprivate var modelName: String { metadata.model ?? "a specification" }

  /// The trace in one sentence.
  fileprivate var headline: String {
    func count(_ number: Int) -> String { number == 1 ? "1 step" : "\(number) steps" }
    if let violation {
      // How many steps were left out is not always known.
      return omissions.isEmpty
        ? "\(violation.name) fails after \(count(violation.step))" : "\(violation.name) fails"
    }
    let steps = count(max(0, steps.count - 1))
    return loop == nil ? "A trace of \(steps)" : "A trace of \(steps) and a loop"
  }
}
