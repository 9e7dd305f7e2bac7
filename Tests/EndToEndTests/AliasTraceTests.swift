import Testing

@Suite("ALIAS in saved traces", .timeLimit(.minutes(5))) struct AliasTraceTests {
  @Test("A saved trace has the variables, and the alias if that is asked for") func saved() async throws {
    let module =
      "EXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\nInv == x < 2\nShown == [double |-> 2 * x]"
    let configuration = "INIT Init\nNEXT Next\nINVARIANT Inv\nALIAS Shown\n"
    try await TestFolder.with(module: module, configuration: configuration) { folder in
      func variables(_ options: String...) async throws -> [String?] {
        let output = try await SynscopeCommand.run(
          ["check", "M.tla", "--json", "--save-trace", "t.itf.json"] + options, in: folder.path)
        #expect(output.exitCode == 12)
        let printed = try JSON.read(output.standardOutput)["trace"]
        let saved = try JSON.read(folder.text(of: "t.itf.json"))
        #expect(printed["states"].array.count == 3 && saved["states"].array.count == 3)
        #expect(printed["vars"].array.map(\.string) == saved["vars"].array.map(\.string))
        return saved["vars"].array.map(\.string)
      }
      let plain = try await variables()
      let aliased = try await variables("--alias")
      #expect(plain == ["x"])
      #expect(aliased == ["double"])
    }
  }
}
