// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: a warning is an error, and each file imports what it uses.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The engine's inner loops own all the memory that they touch: it is checked by one owner, not at each access.
let engine: [SwiftSetting] =
  strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "synscope",
  products: [.executable(name: "synscope", targets: ["synscope"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .target(name: "TLASyntax", swiftSettings: strict),
    .target(
      name: "TLASemantics", dependencies: ["TLASyntax", bigInt],
      resources: [.embedInCode("Library/Modules")], swiftSettings: strict),
    .target(
      name: "StateSpace", dependencies: ["TLASyntax", "TLASemantics", bigInt], swiftSettings: engine),
    .target(
      name: "Traces", dependencies: ["TLASyntax", "TLASemantics", "StateSpace", bigInt],
      resources: [.embedInCode("Page/Assets")], swiftSettings: strict),
    .target(
      name: "Workbench",
      dependencies: ["TLASyntax", "TLASemantics", "StateSpace", "Traces", bigInt], swiftSettings: strict),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(
      name: "TerminalUI",
      dependencies: ["CNcurses", "TLASyntax", "TLASemantics", "StateSpace", "Traces", "Workbench"],
      swiftSettings: strict),
    .executableTarget(
      name: "synscope",
      dependencies: [
        "TLASyntax", "TLASemantics", "StateSpace", "Traces", "Workbench", "TerminalUI", arguments,
      ],
      resources: [.embedInCode("Explanations/Pages")],
      swiftSettings: strict),
    // Random input for the tests and for `make differential`, which compares with TLC.
    .target(
      name: "DifferentialTesting", dependencies: ["TLASyntax", "TLASemantics", "StateSpace"],
      path: "Tests/DifferentialTesting", exclude: ["TLC/Driver.java", "TLC/Request.java"],
      swiftSettings: strict),
    .executableTarget(
      name: "differential", dependencies: ["DifferentialTesting"], path: "Tests/Differential",
      swiftSettings: strict),
    // Changes texts at random, for the tests of readers.
    .target(name: "TextMutation", path: "Tests/TextMutation", swiftSettings: strict),
    .testTarget(name: "TLASyntaxTests", dependencies: ["TLASyntax"], swiftSettings: strict),
    .testTarget(
      name: "TLASemanticsTests", dependencies: ["TLASyntax", "TLASemantics"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "StateSpaceTests",
      dependencies: ["TLASyntax", "TLASemantics", "StateSpace", "DifferentialTesting", bigInt],
      exclude: ["ARM", "Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "TracesTests",
      dependencies: ["TLASyntax", "TLASemantics", "StateSpace", "Traces", "TextMutation", bigInt],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: ["TLASyntax", "TLASemantics", "StateSpace", "Traces", "Workbench", bigInt],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalUITests",
      dependencies: ["TLASyntax", "StateSpace", "Traces", "Workbench", "TerminalUI", "TextMutation"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: [subprocess, system, "synscope"], exclude: ["Fixtures"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
