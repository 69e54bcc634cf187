import { lowerCaseName } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

/** Environment of Cloud Composer. */
export const composerEnvironment: ResourceType = {
  type: "google_composer_environment",
  label: "workflow environment",
  fieldRules: [
    lowerCaseName("https://docs.cloud.google.com/composer/docs/composer-3/create-environments", {
      longest: 64,
    }),
  ],
};
