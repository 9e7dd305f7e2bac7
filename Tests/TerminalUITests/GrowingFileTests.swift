import Glibc
import Testing

@testable import TerminalUI

@Suite("Files that grow") struct GrowingFileTests {
  /// A path to which every write fails because the disk is full.
  private func fullDisk(_ folder: TemporaryFolder) -> String {
    let path = folder.path + "/session"
    symlink("/dev/full", path)
    return path
  }

  @Test("Text that a full disk refuses is written later, without gaps")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = fullDisk(folder)
    let file = GrowingFile(path)
    for text in ["one\n", "two\n"] {
      #expect(throws: FileStore.Failure.self) { try file.append(text) }
      #expect(file.isBehind)
    }
    unlink(path)
    try file.append("three\n")
    #expect(!file.isBehind)
    try file.append("four\n")
    #expect(try FileStore.open(path) == "one\ntwo\nthree\nfour\n")
  }

  @Test("The replaced file stays until everything is on the disk")
  func replacing() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = fullDisk(folder)
    let left = folder.path + "/left"
    try FileStore.save("what was left", to: left)
    let file = GrowingFile(path)
    #expect(throws: FileStore.Failure.self) { try file.append("what was left", replacing: left) }
    #expect(FileStore.exists(left))
    unlink(path)
    try file.retry()
    #expect(!FileStore.exists(left))
    #expect(try FileStore.open(path) == "what was left")
  }

  @Test("A save removes the temporary files of killed processes, not those of live ones")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // The largest process number belongs to no process.
    let dead = ".synscope-\(pid_t.max)-1"
    let living = ".synscope-\(getpid())-1"
    for name in [dead, living, "synscope-5-1"] { try FileStore.save("", to: folder.path + "/" + name) }
    try FileStore.save("text", to: folder.path + "/trace")
    #expect(folder.files == [living, "synscope-5-1", "trace"])
  }

  @Test("A file of several pieces appears with the last one, and never if it is abandoned")
  func pieces() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/trace"
    let file = try NewFile(at: path, replaces: false)
    try file.write("one ")
    #expect(!FileStore.exists(path))
    try file.write("two")
    #expect(try file.finish() == .saved)
    #expect(try FileStore.open(path) == "one two")
    let other = try NewFile(at: path, replaces: false)
    #expect(try other.finish() == .exists)
    let abandoned = try NewFile(at: path, replaces: true)
    try abandoned.write("three")
    abandoned.abandon()
    #expect(try FileStore.open(path) == "one two")
    #expect(folder.files == ["trace"])
  }
}
