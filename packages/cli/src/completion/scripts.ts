export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Scripts that ask `uim-compute __complete` for candidates: lines of a value and, after a tab, a description. Words
 * follow `--`, so that they are not taken for options of that command.
 */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_uim_compute() {
  local line
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    [[ $line == "\${COMP_WORDS[COMP_CWORD]}"* ]] && COMPREPLY+=("$line")
  done < <(uim-compute __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _uim_compute uim-compute`,
  zsh: `#compdef uim-compute
_uim_compute() {
  local line
  local -a candidates
  for line in "\${(@f)$(uim-compute __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#candidates )) && _describe uim-compute candidates || _files
}
compdef _uim_compute uim-compute`,
  fish: `function __uim_compute_candidates
    set --local words (commandline --tokens-expanded --cut-at-cursor 2>/dev/null; or commandline --tokenize --cut-at-cursor)
    uim-compute __complete -- $words[2..-1] (commandline --current-token) 2>/dev/null
end
complete --command uim-compute --no-files --arguments '(__uim_compute_candidates)'`,
};

export function scriptFor(shell: Shell): string {
  return SCRIPTS[shell];
}
