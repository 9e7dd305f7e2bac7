internal import CNcurses
internal import Glibc
package import Workbench

/// The user's terminal as a screen. Nothing else in the program knows ncurses.
///
/// ncurses draws and knows the terminal's description. This class reads the keys itself: it must see a whole sequence to skip it if it
/// means nothing. Only one terminal may be open, and only one thread may use it.
package final class Terminal: Screen {
  /// Why no terminal could be opened.
  package struct Failure: Error {
    package let message: String
  }

  package private(set) var size: Size
  package let inputDescriptor: Int32 = STDIN_FILENO

  private let screen: OpaquePointer
  private let output: UnsafeMutablePointer<FILE>
  private var palette: Palette
  private let background: Settings.Background
  private let showsUnicode: Bool
  private let standardError: StandardErrorCapture?
  private var decoder: KeyDecoder
  private var shown: Grid?
  private var isOpen = true

  /// Requests SGR mouse reports, with motion while a button is down, and bracketed paste. They are requested directly, because some terminal descriptions name older mouse
  /// reports, which end at column 223.
  private static let requests = "\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?2004h"
  private static let withdrawals = "\u{1B}[?2004l\u{1B}[?1006l\u{1B}[?1002l"

  /// Takes the terminal: the alternate screen, single keys, mouse and paste reports. Ask `TerminalCheck` first.
  package init(
    colors: [Style.Role: Settings.Color] = [:], background: Settings.Background = .ask
  ) throws(Failure) {
    self.background = background
    let variables: [String] = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = variables.lazy.compactMap { (name: String) in getenv(name) }.first { $0.pointee != 0 }
    showsUnicode = ncurses_takeLocale(locale)
    var modes = termios()
    tcgetattr(STDIN_FILENO, &modes)
    let copy = dup(STDOUT_FILENO)
    guard copy >= 0, let output = fdopen(copy, "w"), let input = fdopen(STDIN_FILENO, "r") else {
      throw Failure(message: "the terminal cannot be opened")
    }
    self.output = output
    guard let screen = newterm(nil, output, input) else {
      throw Failure(message: "the terminal cannot be opened")
    }
    self.screen = screen
    cbreak()
    noecho()
    nonl()
    keypad(ncurses_screen(), true)
    // A refresh must not wait for typed input.
    typeahead(-1)
    leaveok(ncurses_screen(), false)
    _ = ncurses_tuneTerminal(STDIN_FILENO)
    def_prog_mode()
    let wantsColor = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    if wantsColor, has_colors() {
      start_color()
      use_default_colors()
      palette = Palette(depth: .init(count: Int(ncurses_colors()), allowed: true), colors: colors)
    } else {
      palette = Palette(depth: .none)
    }
    palette.isLight = background == .ask ? nil : background == .light
    palette.apply()
    decoder = KeyDecoder(described: Terminal.describedKeys())
    size = Size(width: Int(getmaxx(ncurses_screen())), height: Int(getmaxy(ncurses_screen())))
    standardError = StandardErrorCapture()
    planRescue(modes)
    ask(Terminal.requests)
    askForBackground()
  }

  /// Asks the terminal for its background colour. Nobody waits for the answer; not every terminal gives one.
  private func askForBackground() {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    // The console of Linux does not know the question.
    guard background == .ask, palette.depth != .none, !name.hasPrefix("linux") else { return }
    decoder.expectsBackground = true
    ask("\u{1B}]11;?\u{1B}\\")
  }

  /// Gives the terminal back as it was, and prints the output that went to standard error meanwhile.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    ask(Terminal.withdrawals)
    curs_set(1)
    endwin()
    Signals.plan(nil)
    standardError?.end()
    delscreen(screen)
    fclose(output)
  }

  deinit { close() }

  /// Whether the terminal shows characters beyond ASCII.
  package var isUnicode: Bool { showsUnicode }

  package func draw(_ grid: Grid) {
    let grid = showsUnicode ? grid : grid.transliteratedToASCII()
    if grid.theme != palette.theme {
      palette.theme = grid.theme
      palette.apply()
      shown = nil
    }
    let former = shown?.size == grid.size ? shown : nil
    if former == nil { werase(ncurses_screen()) }
    for y in 0..<min(grid.size.height, size.height) {
      var x = 0
      while x < min(grid.size.width, size.width) {
        let index = y * grid.size.width + x
        let cell = grid.cells[index]
        let isWide = x + 1 < grid.size.width && grid.cells[index + 1].character.isEmpty
        if former?.cells[index] != cell || (isWide && former?.cells[index + 1] != grid.cells[index + 1]) {
          put(cell, isWide: isWide, x, y)
        }
        x += isWide ? 2 : 1
      }
    }
    if let cursor = grid.cursor, grid.bounds.contains(cursor) {
      wmove(ncurses_screen(), Int32(cursor.y), Int32(cursor.x))
      curs_set(1)
    } else {
      curs_set(0)
    }
    wrefresh(ncurses_screen())
    shown = grid
  }

  /// Draws a cell. If the C library gives the character another width than `isWide` says, draws a `?` instead: otherwise everything after
  /// it would shift.
  private func put(_ cell: Cell, isWide: Bool, _ x: Int, _ y: Int) {
    let attributes = palette.attributes(of: cell.style)
    let pair = palette.pair(of: cell.style.role)
    withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 6) { text in
      text.initialize(repeating: 0)
      for (index, scalar) in cell.character.unicodeScalars.prefix(5).enumerated() {
        text[index] = wchar_t(bitPattern: scalar.value)
      }
      if text[0] == 0 {
        // This is the right half of a wide character whose left half is missing.
        text[0] = wchar_t(UInt8(ascii: " "))
      } else if text[0] > 0x7E, ncurses_width(text[0]) != (isWide ? 2 : 1) {
        text.update(repeating: 0)
        if isWide {
          text[0] = wchar_t(UInt8(ascii: " "))
          ncurses_put(Int32(y), Int32(x + 1), text.baseAddress, attributes, pair)
        }
        text[0] = wchar_t(UInt8(ascii: "?"))
      }
      ncurses_put(Int32(y), Int32(x), text.baseAddress, attributes, pair)
    }
  }

  package func invalidate() {
    shown = nil
    clearok(ncurses_screen(), true)
  }

  package func measure() -> Size {
    var window = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
      resizeterm(Int32(window.ws_row), Int32(window.ws_col))
    }
    size = Size(width: Int(getmaxx(ncurses_screen())), height: Int(getmaxy(ncurses_screen())))
    return size
  }

  package var isInputPending: Bool { decoder.isWaiting }

  package func readEvents() -> [Event]? {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    guard count > 0 else { return nil }
    return taking(decoder.decode(bytes[..<count], at: .now))
  }

  package func finishInput() -> [Event] { taking(decoder.finish(at: .now)) }

  /// The events for the application. The terminal's answer about its background goes to the palette.
  private func taking(_ events: [Event]) -> [Event] {
    events.filter { event in
      guard case .background(let isLight) = event else { return true }
      if palette.isLight != isLight {
        palette.isLight = isLight
        palette.apply()
        shown = nil
      }
      return false
    }
  }

  package func copy(_ text: String) {
    ask(Clipboard.sequence(for: text, isInsideTmux: getenv("TMUX").map { $0.pointee != 0 } ?? false))
  }

  package func suspend() {
    ask(Terminal.withdrawals)
    curs_set(1)
    endwin()
    Signals.stop()
    resume()
  }

  package func lend(_ work: (_ standardError: Int32) -> Void) {
    ask(Terminal.withdrawals)
    curs_set(1)
    endwin()
    Signals.withChild { work(standardError?.original ?? STDERR_FILENO) }
    resume()
  }

  package func resume() {
    reset_prog_mode()
    invalidate()
    wrefresh(ncurses_screen())
    ask(Terminal.requests)
  }

  /// Writes a sequence for which ncurses has no function.
  private func ask(_ sequence: String) {
    fflush(output)
    var rest = Array(sequence.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private func planRescue(_ modes: termios) {
    let names: [String] = ["rmkx", "cnorm", "sgr0", "rmcup"]
    let capabilities = names.compactMap { (name: String) in
      ncurses_capability(name).map { String(cString: $0) }
    }
    let bytes = Array((Terminal.withdrawals + capabilities.joined() + "\r").utf8)
    let farewell = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    farewell.initialize(from: bytes, count: bytes.count)
    Signals.plan(
      RescuePlan(
        terminal: STDOUT_FILENO, modes: modes, farewell: farewell, farewellLength: bytes.count,
        captured: standardError?.captured ?? -1, standardError: standardError?.original ?? -1))
  }

  /// The keys in the terminal's description.
  private static func describedKeys() -> [[UInt8]: Key] {
    var names: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
      ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab), ("kbs", .backspace),
    ]
    names += (1...12).map { ("kf\($0)", .function($0)) }
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in names {
      if let text = ncurses_capability(name) { keys[Array(String(cString: text).utf8)] = key }
    }
    return keys
  }
}
