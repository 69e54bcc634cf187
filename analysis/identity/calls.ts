import type { Graph, Resource, Value } from "../../graph/index.ts";
import { memoize } from "../memoize.ts";
import { follow } from "../references/follow.ts";
import { scheduledJob } from "../references/scheduled-job.ts";
import { references } from "../references/text.ts";
import { serviceTypes, variables, workloads } from "../workload/index.ts";
import { pieceAt, workflowCalls } from "../workload/workflow.ts";

/** One resource that sends requests to a Cloud Run service of the input, or runs a job of it. */
export interface Call {
  readonly caller: Resource;
  /** The service or job. */
  readonly service: Resource;
  /** Whose identity the requests carry: an account as written, or undefined where they carry none. */
  readonly account: Value | undefined;
  /** "push_config", "environment variable API_URL": where the caller names the service. */
  readonly place: string;
  /** True where it certainly sends requests: an address in a variable may be for another client. */
  readonly certain: boolean;
}

/** Blocks that hold an address to call and the account of its token. */
const PUSHERS = [
  {
    type: "google_pubsub_subscription",
    block: "push_config",
    url: "push_endpoint",
    account: "oidc_token.service_account_email",
  },
  {
    type: "google_cloud_scheduler_job",
    block: "http_target",
    url: "uri",
    account: "oidc_token.service_account_email",
  },
  {
    type: "google_eventarc_trigger",
    block: "destination.cloud_run_service",
    url: "service",
    account: undefined,
  },
] as const;

/** The place of a request of a workflow. */
export function placeOf(step: string): string {
  return `the step ${step}`;
}

/** Every call that the input shows. */
export const calls = memoize((graph: Graph): readonly Call[] => [
  ...PUSHERS.flatMap(({ type, block, url, account }) =>
    graph.all(type).flatMap((caller) =>
      caller.blocks(block).flatMap((target): Call[] => {
        const service = called(graph, target.get(url), caller);
        const identity = account === undefined ? caller.get("service_account") : target.get(account);
        return service === undefined
          ? []
          : [{ caller, service, account: identity, place: block, certain: true }];
      }),
    ),
  ),
  ...graph.all("google_cloud_scheduler_job").flatMap((caller) =>
    caller.blocks("http_target").flatMap((target): Call[] => {
      const job = scheduledJob(graph, target.get("uri"), caller);
      const account = target.get("oauth_token.service_account_email");
      return job === undefined || account === undefined
        ? []
        : [{ caller, service: job, account, place: "http_target", certain: true }];
    }),
  ),
  ...workflowCalls(graph).flatMap(({ workflow, step, url }): Call[] => {
    const service = called(graph, pieceAt(workflow, url), workflow);
    const account = workflow.get("service_account");
    return service === undefined
      ? []
      : [{ caller: workflow, service, account, place: placeOf(step), certain: true }];
  }),
  ...workloads(graph).flatMap(({ resource, serviceAccount, ...workload }) =>
    variables({ resource, serviceAccount, ...workload }).flatMap(({ name, value }): Call[] => {
      const service = called(graph, value, resource);
      const place = `environment variable ${name}`;
      return service === undefined || service === resource
        ? []
        : [{ caller: resource, service, account: serviceAccount, place, certain: false }];
    }),
  ),
]);

/** The service whose address a value is or begins with; of a trigger, the one that it names. */
function called(graph: Graph, value: Value | undefined, from: Resource): Resource | undefined {
  const addressed = references(value).find(({ attribute }) => /^(uri|urls?\b|status\b.*url)/.test(attribute));
  const resource = addressed && graph.at(addressed.address, from);
  if (resource !== undefined) return serviceTypes.includes(resource.type) ? resource : undefined;
  if (from.type !== "google_eventarc_trigger") return undefined;
  return follow(graph, value, serviceTypes, from);
}
