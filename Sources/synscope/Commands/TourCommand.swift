import ArgumentParser
import Foundation
import TLASyntax
import TerminalUI
import Workbench

struct TourCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tour", abstract: "Opens the guided tour.",
    discussion: """
      Without CHAPTER a list shows the chapters and how far you are. With --check each FILE is a chapter, and every beat in it is tried: \
      its scene, its answers, its solution and its wrong answers. Exit codes: 0 no mistakes, 1 mistakes found, 65 a file cannot be read.
      """)

  @Flag(help: "Checks chapters, without a terminal.")
  var check = false

  @Flag(help: "Shows the speaker's notes for a tour that runs in another terminal.")
  var notes = false

  @Flag(help: "Shows the tour to a class: one pane at a time, large, with next and back only.")
  var present = false

  @Argument(
    help: ArgumentHelp("The name of a chapter, or the path of its file.", valueName: "chapter"),
    completion: .chapter)
  var chapters: [String] = []

  func validate() throws {
    if check, chapters.isEmpty { throw ValidationError("--check needs the file of a chapter") }
    if present, check || notes { throw ValidationError("--present goes with neither --check nor --notes") }
    if check, notes { throw ValidationError("--check and --notes do not go together") }
    if !check, chapters.count > 1 { throw ValidationError("name one chapter") }
  }

  func run() throws {
    if check { return try checkChapters() }
    var chapter: Chapter?
    if let name = chapters.first { chapter = try find(name) }
    if let complaint = TerminalCheck.complaint(commandLineForm: "synscope tour --check FILE") {
      Console.note(complaint)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let loader = ModelLoader(options: try ModelOptions.parse([]), settings: UserSettings.read())
    let colors = loader.settings.colors
    do {
      if notes {
        let application = NotesApplication(chapter: chapter, bindings: KeyBindings(loader.settings.keys))
        throw ExitCode(
          try runWorkbench(application, colors: colors, background: loader.settings.background))
      }
      throw ExitCode(
        try runWorkbench(
          WorkbenchApplication(tour: chapter, presents: present, loader: loader),
          colors: colors, background: loader.settings.background))
    } catch let failure as Terminal.Failure {
      Console.note("error: \(failure.message)")
      throw ExitCode(ExitStatus.other.rawValue)
    }
  }

  /// The chapter with a name. Lists the chapters if there is none.
  private func find(_ name: String) throws -> Chapter {
    guard let path = TourFiles.path(of: name) else {
      let names = TourFiles.paths.map(TourFiles.name)
      let hint = closestName(to: name, in: names).map { " (did you mean \($0)?)" } ?? ""
      Console.note("error: there is no chapter \(name)\(hint); there are: \(names.joined(separator: ", "))")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let (chapter, problems) = TourFiles.read(path)
    guard problems.isEmpty else {
      for problem in problems { Console.note(problem.text(in: path)) }
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
    return chapter
  }

  private func checkChapters() throws {
    var isRight = true
    for file in chapters {
      guard FileManager.default.fileExists(atPath: file) else {
        Console.note("error: there is no file \(file)")
        throw ExitCode(ExitStatus.unreadable.rawValue)
      }
      let (chapter, problems) = TourFiles.read(file)
      var found = problems
      if found.isEmpty {
        var check = try ChapterCheck(chapter)
        found = check.run()
      }
      for problem in found { Console.note(problem.text(in: file)) }
      if found.isEmpty {
        try Console.write("\(file): \(Wording.count(chapter.beats.count, "beat")), nothing wrong")
      } else {
        isRight = false
      }
    }
    if !isRight { throw ExitCode(ExitStatus.illegalStep.rawValue) }
  }
}
