package import StateSpace
import TLASemantics
import TLASyntax

/// A stable digest of a model.
package enum ModelDigest {
  /// The digest of a model's files, its configuration and the values of its constants.
  package static func of(_ explorer: Explorer) -> String {
    let specification = explorer.specification
    let files = specification.files + [specification.configuration.file].compactMap { $0 }
    let texts = files.map { String(decoding: $0.bytes, as: UTF8.self) }
    let constants = explorer.constants.map { "\($0.name)=\($0.value)" }
    return of((texts + constants).joined(separator: "\0"))
  }

  /// FNV-1a with 64 bits over the texts' UTF-8, each followed by a zero byte, as 16 hexadecimal digits. It distinguishes versions of one
  /// model. It does not protect against forgery.
  package static func of(_ texts: String...) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in texts {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
