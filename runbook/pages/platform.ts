import type { Page, RunbookContext } from "../page.ts";

/** What the platform says of itself. */
export function platformPages(context: RunbookContext) {
  const { locationFlags, projectFlag } = context;
  return {
    "preflight-failing": {
      means:
        "From inside the network, with real clients, a dependency is out of reach or slower than its target; or the checks no longer run. The same checks stop a deployment.",
      first: [
        {
          say: "Run it now and read the verdict: category, check, why, and whose fault it is.",
          run: [context.preflightCommand],
        },
        {
          say: "If it does not run: is the schedule paused, does the job fail to start?",
          run: [
            `gcloud scheduler jobs list --location=${context.region} ${projectFlag}`,
            ...context.scheduledProbes.map(
              ({ job }) => `gcloud run jobs executions list --job=${job} --limit=3 ${locationFlags}`,
            ),
          ],
        },
      ],
      fix: [
        "The check names a dependency: go to its page.",
        "Slower than its target, but within reach: the page on slow requests.",
        "The image of the probe is gone: `preflight.image`.",
      ],
      rules: ["reachability/dns", "reachability/firewall-egress", "identity/secret-access", "capacity/job"],
      escalate:
        "A critical check fails and its page does not help in 15 minutes: wake the owners of that dependency.",
      section: "Dependencies, as seen from inside the network",
    },
    drift: {
      means: "Google Cloud was changed outside the code. A verified value is no longer in force.",
      first: [
        { say: "What was changed, and what does it break?", run: [context.driftCommand] },
        {
          say: "Who did it, and when? See the audit log.",
          run: [
            `gcloud logging read 'logName="projects/${context.project}/logs/cloudaudit.googleapis.com%2Factivity"' --freshness=1d --limit=20 --format="table(timestamp,protoPayload.authenticationInfo.principalEmail,protoPayload.methodName,protoPayload.resourceName)" ${projectFlag}`,
          ],
        },
        { say: "It was an emergency measure: write it down before the next deployment takes it back." },
      ],
      fix: [
        `It should be so: write it into \`${context.file}\`, \`npm start\`, and deploy.`,
        `It should not: \`${context.deployCommand}\` puts it back, after the review.`,
      ],
      rules: ["time/drift", "reachability/name-drift"],
      escalate: "Nobody knows who did it: the owners of security.",
      section: "Dependencies, as seen from inside the network",
    },
  } satisfies Record<string, Page>;
}
