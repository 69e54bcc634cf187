/**
 * `import()`. A file of its own next to the packed verifier, loaded by Node: in a script that is run from a code cache
 * (commands/code-cache.ts) Node warns that it is experimental.
 */
export const importModule = (url: string): Promise<Record<string, unknown>> => import(url);
