import Testing
import Traces

@Suite struct SavedTraceTests {
  private func message(_ path: String, _ size: Int, limit: Int = 256 << 20) -> String {
    SavedTrace(path: path, format: TraceFormat(forPath: path), size: size, limit: limit).message
  }

  @Test func aFileTooLargeToOpenSaysSo() {
    #expect(message("x.itf.json", 256 << 20) == "saved x.itf.json")
    #expect(
      message("x.itf.json", 600 << 20)
        == "saved x.itf.json, 600 MiB: synscope opens traces up to 256 MiB; other programs can read it")
    #expect(message("x.txt", 256 << 20 + 1).hasPrefix("saved x.txt, 257 MiB: "))
    #expect(message("x.md", 3 << 20, limit: 2 << 20).contains("up to 2 MiB"))
  }

  @Test(
    "The limit concerns the formats that are read",
    arguments: zip(TraceFormat.written, [true, true, false, false, false, true, true, false]))
  func formats(_ format: TraceFormat, isRead: Bool) {
    let saved = SavedTrace(path: "t", format: format, size: FileSize.largest + 1)
    #expect(saved.isTooLargeToOpen == isRead)
    #expect(!SavedTrace(path: "t", format: format, size: FileSize.largest).isTooLargeToOpen)
    #expect(message("t.cast", 1 << 40) == "saved t.cast")
  }
}
