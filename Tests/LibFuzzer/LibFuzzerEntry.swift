import Foundation

/// libFuzzer calls this with each input. `SYNSCOPE_FUZZ_TARGET` names the reader. A broken promise ends the process.
@_cdecl("LLVMFuzzerTestOneInput")
public func readInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  // A module's configuration comes after the module and a NUL.
  let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
  let broken =
    reader == .specification
    ? reader.broken(by: parts[0], companion: parts.count > 1 ? parts[1] : []) : reader.broken(by: input)
  if !broken.isEmpty {
    FileHandle.standardError.write(Data((broken.joined(separator: "\n") + "\n").utf8))
    abort()
  }
  return 0
}

private let reader: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["SYNSCOPE_FUZZ_TARGET"] ?? "module"
  guard let reader = FuzzTarget(rawValue: name) else {
    fatalError("SYNSCOPE_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return reader
}()
