import Foundation

/// The manual page in roff, made from the commands' own help.
struct ManualPage {
  /// What ArgumentParser says about the program.
  private struct Help: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
    let shouldDisplay: Bool
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// `--config <config>`, `-h, --help` or `<model>`.
    var form: String {
      guard kind != "positional", let names else { return value }
      let spelled = names.map { ($0.kind == "long" ? "--" : "-") + $0.name }.joined(separator: ", ")
      return kind == "option" ? "\(spelled) \(value)" : spelled
    }

    /// The same as part of a command line.
    var usage: String {
      let name = names?.first.map { ($0.kind == "long" ? "--" : "-") + $0.name }
      let form =
        switch kind {
        case "positional": value
        case "option": "\(name ?? "") \(value)"
        default: name ?? ""
        }
      return (isOptional ? "[\(form)]" : form) + (isRepeating ? " ..." : "")
    }

    private var value: String { "<\(valueName ?? "value")>" }
    var isHelp: Bool { names?.contains { $0.name == "help" || $0.name == "version" } ?? false }
  }

  private let root: Command
  private let version: String

  /// `help` is the JSON of `--experimental-dump-help`.
  init(help: String, version: String) throws {
    root = try JSONDecoder().decode(Help.self, from: Data(help.utf8)).command
    self.version = version
  }

  var text: String {
    let name = root.commandName
    var lines = [".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\" \"User Commands\"", ".SH NAME"]
    lines.append("\(name) \\- \(Self.escaped(root.abstract ?? ""))")
    lines += [".SH SYNOPSIS", ".B \(name)", "[\\fIMODEL\\fR [\\fITRACE\\fR]]", ".br", ".B \(name)"]
    lines += ["\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]", ".SH DESCRIPTION"]
    lines += paragraphs(root.discussion)
    lines.append(".SH COMMANDS")
    for command in root.subcommands ?? [] where command.shouldDisplay && command.commandName != "help" {
      lines += section(command, of: name)
    }
    lines += [".SH OPTIONS", "Each command takes"]
    lines += (root.arguments ?? []).filter { $0.shouldDisplay && $0.isHelp }.flatMap(item)
    lines += [
      ".SH FILES",
      "The program looks for the models in $SYNSCOPE_MODELS, then in share/synscope/Models beside",
      "the folder that it is in.", ".SH SEE ALSO",
      "\\fB\(name) tour\\fR, a tour in the terminal; \\fB\(name) explain\\fR, the pages on its messages.",
    ]
    return lines.joined(separator: "\n")
  }

  private func section(_ command: Command, of program: String) -> [String] {
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isHelp }
    let usage = arguments.map(\.usage).joined(separator: " ")
    var lines = [".SS \(program) \(command.commandName)", ".B \(program) \(command.commandName)"]
    if !usage.isEmpty { lines.append(Self.escaped(usage)) }
    lines += [".PP", Self.escaped(command.abstract ?? "")]
    lines += paragraphs(command.discussion).isEmpty ? [] : [".PP"] + paragraphs(command.discussion)
    return lines + arguments.flatMap(item)
  }

  private func item(_ argument: Argument) -> [String] {
    [".TP", ".B \(Self.escaped(argument.form))", Self.escaped(argument.abstract ?? "")]
  }

  private func paragraphs(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n\n").enumerated().flatMap { place, paragraph in
      (place > 0 ? [".PP"] : []) + [Self.escaped(String(paragraph))]
    }
  }

  /// Text for roff. Text between backquotes becomes bold.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isBold = false
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "`":
        isBold.toggle()
        result += isBold ? "\\fB" : "\\fR"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
