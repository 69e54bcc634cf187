/** Terraform's error when the gate's program fails: with its whole output. */
export const gateFailed = /Error running command 'gate\.cjs'/;

/** The gate's own report; where its program did not run, why. */
export function gateFailure(detail: string): string {
  if (/exec: "node"/.test(detail))
    return 'The gate needs Node 20 or newer as "node" on the PATH: install it, then run the same command again.';
  if (/Cannot find module '[^']*gate\.cjs'/.test(detail))
    return "The gate's program, gate.cjs, is not next to the stack's Terraform JSON: synthesize again (npm start), and copy the whole output folder.";
  const report = detail.lastIndexOf("Preflight of ");
  if (report >= 0) return detail.slice(report).trim();
  if (/signal: (?:killed|interrupt)/.test(detail))
    return "The preflight was interrupted, and its executions were cancelled: run the same command again.";
  return detail.slice(detail.indexOf("Output:") + "Output:".length).trim();
}
