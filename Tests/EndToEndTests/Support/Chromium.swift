import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A Chromium without a window that has one page open, driven by the browser's own protocol (CDP) through a pair of named pipes.
final class Chromium {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let program = "/usr/bin/chromium"
  /// Whether Debian's Chromium is there. `make test` installs it.
  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
  static let skipped = "Chromium is not installed (apt-get install chromium)"

  private let process = Process()
  private let folder: URL
  private let input: Int32
  private let output: Int32
  private var received: [UInt8] = []
  private var lastMessage = 0
  private var session: String?
  /// The addresses that the page asked for.
  private(set) var requests: [String] = []
  /// What the page's scripts complained of, and the dialogs that it opened.
  private(set) var complaints: [String] = []

  /// Opens a page while `body` runs.
  static func with(page path: String, fragment: String = "", _ body: (Chromium) throws -> Void) throws {
    let browser = try Chromium()
    defer { browser.close() }
    try browser.open("file://\(path)\(fragment)")
    try body(browser)
  }

  private init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "synscope-chromium-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (toBrowser, fromBrowser) = (folder.appending(path: "in").path, folder.appending(path: "out").path)
    mkfifo(toBrowser, 0o600)
    mkfifo(fromBrowser, 0o600)
    // Opened for both ways, a pipe does not wait for its other end.
    input = Glibc.open(toBrowser, O_RDWR)
    output = Glibc.open(fromBrowser, O_RDWR)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      "exec \(Self.program) --headless=new --no-sandbox --disable-gpu --remote-debugging-pipe "
        + "--user-data-dir='\(folder.path)/profile' about:blank 3<'\(toBrowser)' 4>'\(fromBrowser)'",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  private func close() {
    process.terminate()
    process.waitUntilExit()
    Glibc.close(input)
    Glibc.close(output)
    try? FileManager.default.removeItem(at: folder)
  }

  private func open(_ address: String) throws {
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"].string ?? ""
    session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"].string
    for domain in ["Page", "Network", "Runtime", "Accessibility", "Log"] { _ = try call("\(domain).enable") }
    _ = try call("Page.navigate", ["url": address])
    while try evaluate("document.readyState").string != "complete" {}
  }

  // MARK: What a user does

  /// Presses and releases a key: `ArrowRight`, `End`.
  func press(_ key: String) throws {
    for type in ["rawKeyDown", "keyUp"] {
      _ = try call("Input.dispatchKeyEvent", ["type": type, "key": key, "code": key])
    }
  }

  /// The value of an expression in the page.
  func evaluate(_ expression: String) throws -> JSON {
    let result = try call("Runtime.evaluate", ["expression": expression, "returnByValue": true])
    if result["exceptionDetails"] != .null { throw Failure(description: "\(expression): \(result)") }
    return result["result"]["value"]
  }

  /// The nodes of the accessibility tree that are not ignored.
  func accessibilityTree() throws -> [JSON] {
    try call("Accessibility.getFullAXTree")["nodes"].array.filter { $0["ignored"] != .boolean(true) }
  }

  // MARK: The protocol

  /// Calls a method and waits for its result.
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> JSON {
    lastMessage += 1
    var message: [String: Any] = ["id": lastMessage, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    var bytes = [UInt8](try JSONSerialization.data(withJSONObject: message)) + [0]
    guard write(input, &bytes, bytes.count) == bytes.count else {
      throw Failure(description: "\(method) cannot be sent")
    }
    while true {
      let answer = try receive()
      if answer["id"].integer == lastMessage {
        if answer["error"] != .null { throw Failure(description: "\(method): \(answer["error"])") }
        return answer["result"]
      }
      note(answer)
    }
  }

  private func note(_ event: JSON) {
    switch event["method"].string {
    case "Network.requestWillBeSent": requests.append(event["params"]["request"]["url"].string ?? "")
    case "Runtime.exceptionThrown": complaints.append("\(event["params"]["exceptionDetails"])")
    case "Log.entryAdded": complaints.append(event["params"]["entry"]["text"].string ?? "")
    case "Page.javascriptDialogOpening": complaints.append("a dialog")
    default: break
    }
  }

  /// The next message. Messages end with a zero byte.
  private func receive() throws -> JSON {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = String(decoding: received[..<end], as: UTF8.self)
        received.removeSubrange(...end)
        return try JSON.read(message)
      }
      var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 30_000) > 0 else { throw Failure(description: "Chromium does not answer") }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &bytes, bytes.count)
      guard count > 0 else { throw Failure(description: "Chromium is gone") }
      received += bytes[..<count]
    }
  }
}
