import { networkSetting } from "../../platform/regions/regions.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { enumerated } from "../../values/enumerated.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Where the platform runs in several regions. */
export function regionPages(context: RunbookContext) {
  const { names, projectFlag, region: main, furtherRegions, databaseInstances, cacheInstances } = context;
  const places = [context, ...furtherRegions];
  const hasEdge = context.edge !== undefined;
  const atEdge = <Part>(part: Part): Part[] => (hasEdge ? [part] : []);
  const isPublic = ({ exposure }: Service): boolean => exposure.length > 0;
  const data = [
    ...[...databaseInstances, ...cacheInstances].map(({ instance }) => instance),
    ...(context.buckets ?? []).map(({ name }) => names.bucket(name)),
  ];
  return {
    "region-down": {
      means: `A region answers with errors, or not at all. ${hasEdge ? "The load balancer sends the requests of a service that fails there to the other regions." : "A service calls others in its own region, so that those of that region fail with it."} ${data.length === 0 ? "Data is in none of them." : `${enumerated(data)} ${data.length === 1 ? "is" : "are"} in ${main}: what uses ${data.length === 1 ? "it" : "them"} fails with that region everywhere.`}`,
      first: [
        {
          say: "Is it Google's? https://status.cloud.google.com names the region. Which services fail, in which regions?",
          run: places.map(({ locationFlags }) => `gcloud run services list ${locationFlags}`),
        },
        {
          say: "Was a service deployed there just now? Then it is that revision and not the region: roll it back below.",
        },
        {
          say: "Do the others hold? docs/capacity.md has a column for the failure of each region; where a service is at its maximum, raise it there until the region is back. Deployments are stack by stack, and those of the region that is down fail.",
          run: places.flatMap((place) =>
            place.services.map(
              ({ name }) =>
                `gcloud run revisions list --service=${names.service(name)} --limit=3 ${place.locationFlags}`,
            ),
          ),
        },
        ...atEdge({
          say: "Do requests still go there, because too few of them fail? Take the region out of the load balancer, service by service; a deployment of the stack edge puts it back.",
          run: furtherRegions.flatMap((place) =>
            place.services
              .filter(isPublic)
              .map(
                ({ name }) =>
                  `gcloud compute backend-services remove-backend ${names.edge(name)} --global --network-endpoint-group=${names.edge(name)}-${place.region} --network-endpoint-group-region=${place.region} ${projectFlag}`,
              ),
          ),
        }),
      ],
      fix: [
        "`instances.max` of the other regions, so that they carry all of the load (docs/capacity.md, column without the region).",
        ...atEdge(
          "`readinessProbe`, and `instances.min` of at least 1 in every region: Cloud Run then tells the load balancer that a service is not healthy in a region.",
        ),
        ...(data.length === 0 ? [] : [`What a service reads from ${main} and could do without for a while.`]),
        ...furtherRegions.map(
          (place) => `What ${place.region} has of the network: \`${networkSetting(place)}\`.`,
        ),
      ],
      rollback: context.services,
      rules: ["edge/neg-service", "edge/backends-together", "edge/serverless-settings"],
      escalate:
        "The region is not on Google's status page after 15 minutes, and services of it do not answer: a support case for Cloud Run, with region and service.",
      section: "The services, callers first",
    },
  } satisfies Record<string, Page>;
}
