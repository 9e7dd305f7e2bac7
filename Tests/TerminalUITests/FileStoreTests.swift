import Glibc
import Testing

@testable import TerminalUI

/// A folder for one test.
struct TemporaryFolder {
  let path: String

  init() throws {
    var name = Array("/tmp/synscope-test-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&name))
    path = String(cString: made)
  }

  var files: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func remove() {
    for file in files {
      unlink(path + "/" + file)
      rmdir(path + "/" + file)
    }
    rmdir(path)
  }
}

@Suite("Whole files")
struct FileStoreTests {
  @Test("A file is replaced as a whole and keeps its permissions, and no other file remains")
  func replace() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/a"
    #expect(!FileStore.exists(path))
    try FileStore.save("one", to: path)
    #expect(FileStore.exists(path))
    chmod(path, 0o640)
    try FileStore.save("two\né", to: path)
    #expect(try FileStore.open(path) == "two\né")
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(folder.files == ["a"])
  }

  @Test("A symbolic link stays a link, and its target is written")
  func symbolicLink() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try FileStore.save("one", to: folder.path + "/target")
    symlink("target", folder.path + "/link")
    try FileStore.save("two", to: folder.path + "/link")
    #expect(try FileStore.open(folder.path + "/target") == "two")
    var status = stat()
    lstat(folder.path + "/link", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("A failed write says why and leaves no file")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    #expect(reason { try FileStore.save("x", to: folder.path) } == "it is a folder")
    #expect(reason { try FileStore.save("x", to: folder.path + "/none/x") } == "No such file or directory")
    #expect(folder.files.isEmpty)
  }

  @Test("A failed read says why")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/a"
    try FileStore.save("0123456789", to: path)
    #expect(reason { _ = try FileStore.open(folder.path) } == "it is a folder")
    #expect(reason { _ = try FileStore.open(folder.path + "/none") } == "No such file or directory")
    #expect(reason { _ = try FileStore.open(path, sizeLimit: 9) } == "it is larger than 0 MiB")
    #expect(reason { _ = try FileStore.open(path, sizeLimit: 10) } == nil)
    mkfifo(folder.path + "/fifo", 0o600)
    #expect(reason { _ = try FileStore.open(folder.path + "/fifo") } == "it is not a file")
    let file = fopen(folder.path + "/bytes", "w")
    fputs("\u{61}", file)
    fputc(0xFF, file)
    fclose(file)
    #expect(reason { _ = try FileStore.open(folder.path + "/bytes") } == "it is not UTF-8 text")
  }

  private func reason(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch let failure as FileStore.Failure {
      return failure.reason
    } catch {
      return "\(error)"
    }
  }
}
