/** What Cloud Run answers to the start of a job: an operation that says its execution. */
export function startedExecution(name: string): object {
  return {
    name: `${name.replace(/\/jobs\/.*/, "")}/operations/1`,
    metadata: { "@type": "type.googleapis.com/google.cloud.run.v2.Execution", name },
  };
}
