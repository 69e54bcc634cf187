import { form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Repository that a connection of Cloud Build reads. */
export const cloudbuildRepository: ResourceType = {
  type: "google_cloudbuildv2_repository",
  label: "connected repository",
  references: { parent_connection: ["google_cloudbuildv2_connection"] },
  fieldRules: [
    {
      id: "service/build-steps",
      source: "https://docs.cloud.google.com/build/docs/automating-builds/github/connect-repo-github",
      constraints: [
        // Servers of one's own, and Bitbucket's, have other addresses.
        form("remote_uri", /^(?!https:\/\/(?:github|gitlab)\.com\/)[^\0]+$|\.git$/, {
          form: "the address that git clones, with .git at the end",
          examples: ["https://github.com/acme/orders.git"],
        }),
      ],
    },
  ],
};
