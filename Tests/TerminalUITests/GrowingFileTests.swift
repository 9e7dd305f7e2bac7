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

  @Test("What a full disk does not take is written when there is room, and nothing is missing")
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

  @Test("The file whose place it takes stays until the disk has everything")
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

  @Test("What a killed process left of a save is removed by the next save, and that of a living one is not")
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

  @Test("A file of several pieces is not there before the last, and not at all when it is abandoned")
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
