export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Scripts that ask `uim-compute __complete` for candidates: lines of a value and, after a tab, a description. Words
 * follow `--`, so that they are not taken for options of that command. No script evaluates a word or a candidate.
 */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  // Splits the line itself, because bash also splits words at `:` and `=`. Bash then replaces only what follows the last
  // of these, and candidates consist of that part only.
  bash: `_uim_compute() {
  local line=\${COMP_LINE:0:COMP_POINT} last kept='' value
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  last=\${words[\${#words[@]}-1]}
  [[ $COMP_WORDBREAKS == *:* && $last == *:* ]] && kept=\${last%"\${last##*:}"}
  [[ $COMP_WORDBREAKS == *=* && \${last#"$kept"} == *=* ]] && kept=\${last%"\${last##*=}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    [[ $value == "$last"* ]] && COMPREPLY+=("\${value#"$kept"}")
  done < <(uim-compute __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _uim_compute uim-compute`,
  // The file is either sourced, or zsh loads it as the body of the function with its name, which then has to act.
  zsh: `#compdef uim-compute
_uim-compute() {
  local line value
  local -a candidates
  for line in "\${(@f)$(uim-compute __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    value=\${\${line%%$'\\t'*}//:/\\\\:}
    [[ $line == *$'\\t'* ]] && value+=:\${line#*$'\\t'}
    candidates+=("$value")
  done
  if (( $#candidates )); then
    _describe uim-compute candidates
  else
    _files
  fi
}
if [[ $funcstack[1] == _uim-compute ]]; then
  _uim-compute "$@"
else
  compdef _uim-compute uim-compute
fi`,
  fish: `function __uim_compute_candidates
    set --local words (commandline --current-process --tokens-expanded --cut-at-cursor 2>/dev/null; or commandline --current-process --tokenize --cut-at-cursor)
    uim-compute __complete -- $words[2..-1] (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --command uim-compute --no-files --arguments '(__uim_compute_candidates)'
for option in user-data ssh-key
    complete --command uim-compute --long-option $option --require-parameter --force-files --condition '__fish_seen_subcommand_from create'
end`,
};

export function scriptFor(shell: Shell): string {
  return SCRIPTS[shell];
}
