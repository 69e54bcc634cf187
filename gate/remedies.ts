import type { PreflightCategory } from "../platform/preflight/preflight-result.ts";

/** What to do where a critical check of the category failed. */
export const remedies: Readonly<Record<PreflightCategory, (environment: string) => string>> = {
  settings: (environment) =>
    `Find the override: the job's variables against docs/environments/${environment}.md.`,
  secrets: (environment) => `npm run secrets -- ${environment} lists missing versions.`,
  names: (environment) => `npm run drift -- ${environment} shows drift of the private DNS zone.`,
  network: (environment) =>
    `npm run drift -- ${environment} shows drift of firewall, connector and addresses.`,
  certificates: (environment) =>
    `After a server's CA was renewed, its secret needs a new version: npm run secrets -- ${environment} --all has the command.`,
  database: () => "Check the instance's log and connections in Cloud SQL.",
  cache: () => "Check the instance's load, clients and AUTH in Memorystore.",
  dependencies: () => "Contact the owner of the dependency.",
  egress: (environment) => `npm run drift -- ${environment} shows drift of Cloud NAT and its addresses.`,
  services: () => "Deploy that service.",
  contract: () => "Deploy the service again; if that does not help, its code ignores the variable.",
};
