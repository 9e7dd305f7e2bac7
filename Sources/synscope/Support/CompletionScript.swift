import ArgumentParser

/// The completion scripts of the shells. They know that a model may stand in place of a command: `synscope syn/part5` opens it.
enum CompletionScript {
  /// A text that replaces another one in the script.
  private struct Change {
    let former: String
    let text: String
  }

  /// A generated script with models beside the commands. A text that is not such a script stays as it is.
  static func offeringModels(_ script: String) -> String {
    [bash, zsh].flatMap { $0 }.reduce(script) { script, change in
      script.replacing(change.former, with: change.text, maxReplacements: 1)
    } + (script.hasPrefix("function __synscope") ? fish : "")
  }

  private static let bash = [
    Change(
      former: """
            *)
                # Offer subcommand completions
                COMPREPLY
        """,
      text: """
            *)
                # A model may stand in place of a subcommand
                unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")
                _synscope_open
                # Offer subcommand completions
                [[ "${COMP_CWORD}" -eq 1 ]] && COMPREPLY
        """)
  ]

  private static let zsh = [
    Change(
      former: """
                _describe -V subcommand subcommands && ret=0
        """,
      text: """
                _describe -V subcommand subcommands && ret=0
                # A model may stand in place of a subcommand
                __synscope_custom_complete ---completion open -- positional@0 "${current_word_index}" \
        "$(__synscope_cursor_index_in_current_word)" && ret=0
        """),
    Change(
      former: """
                    "_synscope_${words[1]}" && ret=0
                    ;;
        """,
      text: """
                    "_synscope_${words[1]}" && ret=0
                    ;;
                *)
                    words=(open "${words[@]}")
                    ((CURRENT++))
                    _synscope_open && ret=0
                    ;;
        """),
  ]

  private static let fish = """

    # A model may stand in place of a subcommand
    complete -c 'synscope' -n '__synscope_should_offer_completions_for_positional "synscope" -eq 1' -fka \
    '(__synscope_custom_completion ---completion open -- positional@0 (count (__synscope_tokens -pc)) (__synscope_tokens -tC))'

    """
}
