import Foundation
import TLASyntax
import TerminalUI
import Workbench

/// The user's configuration file, `$XDG_CONFIG_HOME/synscope/config.toml`.
enum UserSettings {
  /// The settings in the file, or the defaults if there is no file.
  static func read(environment: [String: String] = ProcessInfo.processInfo.environment) -> Settings {
    let folder = UserFolders.path("XDG_CONFIG_HOME", orHome: ".config", environment: environment)
    do {
      guard let file = try DiskProvider().read(folder + "/config.toml") else { return Settings() }
      return SettingsReader.read(String(decoding: file.bytes, as: UTF8.self))
    } catch {
      var settings = Settings()
      settings.problems = [Wording.message(of: error)]
      return settings
    }
  }
}
