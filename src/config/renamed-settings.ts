/** Deprecated names of settings, and their current names. */
const RENAMED: ReadonlyMap<string, string> = new Map([['NEIGHBOUR_TIMEOUT_MS', 'SERVICE_TIMEOUT_MS']]);

/** Copies values of deprecated names to the current names, unless those have a value, too. */
export function withCurrentNames(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const current = { ...variables };
  for (const [former, name] of RENAMED) current[name] ||= variables[former];
  return current;
}

export function isRenamed(name: string): boolean {
  return RENAMED.has(name);
}

/** One warning for each deprecated name that has a value. */
export function renameWarnings(variables: NodeJS.ProcessEnv): readonly string[] {
  return [...RENAMED].flatMap(([former, name]) => {
    if (!variables[former]) return [];
    return variables[name]
      ? [`${former} is deprecated and ignored, because ${name} is set: remove it`]
      : [`${former} is deprecated: use ${name} instead`];
  });
}
