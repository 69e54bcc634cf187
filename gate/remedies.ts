import type { PreflightCategory } from "../platform/preflight-result.ts";

/** What to do where a critical check of the category failed, beyond what its sentence says. */
export const remedies: Readonly<Record<PreflightCategory, (environment: string) => string>> = {
  settings: (environment) =>
    `Find what overrides it: the job's variables against docs/environments/${environment}.md.`,
  secrets: (environment) => `npm run secrets -- ${environment} lists versions that are missing.`,
  names: (environment) => `npm run drift -- ${environment} tells whether the private DNS zone is as written.`,
  network: (environment) =>
    `npm run drift -- ${environment} tells whether firewall, connector and addresses are as written.`,
  certificates: (environment) =>
    `After a server's CA was renewed, its secret needs a new version: npm run secrets -- ${environment} --all has the command.`,
  database: () => "Look at the instance's log and connections in Cloud SQL.",
  cache: () => "Look at the instance's load, clients and AUTH in Memorystore.",
  dependencies: () => "Ask who runs the dependency.",
  egress: (environment) =>
    `npm run drift -- ${environment} tells whether Cloud NAT and its addresses are as written.`,
  services: () => "Deploy that service.",
  contract: () => "Deploy the service again; where that changes nothing, its code ignores the variable.",
};
