internal import Glibc

/// Reports when files are written. The kernel sends the notices, so an unchanged file costs nothing.
///
/// Editors write a new file and rename it. Therefore the folders are watched, including those that symbolic links lead to.
final class FileWatch {
  /// Readable when something has happened; negative if the system has no more watches.
  let descriptor: Int32
  /// For each watched folder, by the kernel's number for it: the watched names in it, with the paths that the caller uses for them.
  private var names: [Int32: [String: String]] = [:]

  init() { descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches these files and no others.
  func follow(_ paths: [String]) {
    guard descriptor >= 0 else { return }
    for folder in names.keys { inotify_rm_watch(descriptor, folder) }
    names = [:]
    for path in paths {
      add(path, calledBy: path)
      if let real = realpath(path, nil) {
        add(String(cString: real), calledBy: path)
        free(real)
      }
    }
  }

  private func add(_ path: String, calledBy name: String) {
    let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)
    let folder = inotify_add_watch(descriptor, FileStore.folder(of: path), events)
    guard folder >= 0 else { return }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    names[folder, default: [:]][file] = name
  }

  /// The watched files that were written since the last call, without duplicates.
  func changedFiles() -> [String] {
    var changed: [String] = []
    let size = 16_384
    let header = MemoryLayout<inotify_event>.size
    withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment) {
      buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, size)
        guard count > 0 else { return }
        var offset = 0
        while offset + header <= count {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let text = buffer[(offset + header)..<min(count, offset + header + Int(event.len))]
          let file = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
          if let path = names[event.wd]?[file], !changed.contains(path) { changed.append(path) }
          offset += header + Int(event.len)
        }
      }
    }
    return changed
  }
}
