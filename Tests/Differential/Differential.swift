import DifferentialTesting
import Foundation

/// Compares Synscope with TLC on random input. `make differential` runs it.
@main enum Differential {
  static func main() {
    do {
      let unexpected = try DifferentialRun(environment: ProcessInfo.processInfo.environment).run()
      exit(unexpected == 0 ? 0 : 1)
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(2)
    }
  }
}
