/**
 * The job that writes the digest of an image that was pushed into an environment, as a merge request: it is reviewed and
 * deployed as any other. What it takes are inputs of the pipeline and no variables, which a deployed project forbids:
 * GitLab holds them against these forms before it starts anything. https://docs.gitlab.com/ci/inputs/
 */
export const IMAGE_INPUTS = {
  environment: {
    description: "Environment whose image is set",
    default: "",
    regex: "^[a-z0-9-]*$",
  },
  service: {
    description: "Service, job or worker pool whose image is set",
    default: "",
    regex: "^[A-Za-z0-9._-]*$",
  },
  image: {
    description: "Image by digest; where it is empty, none is set",
    default: "",
    regex: "^[A-Za-z0-9._/:@-]*$",
  },
} as const;

/** Pipelines that somebody starts for it: by hand, with a token, or from another project. */
export const onImage = {
  if: `"$[[ inputs.image ]]" != "" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE =~ /^(api|pipeline|trigger|web)$/`,
};

/** Writes the token to nobody but git, which asks for it. */
const HELPER = `!f() { echo username=token; echo "password=$MERGE_REQUEST_TOKEN"; }; f`;

/** @param install how the packages come that the command runs on, without those of development */
export const setImageJob = (install: string): Readonly<Record<string, unknown>> => ({
  stage: "check",
  needs: [],
  rules: [onImage],
  // Two at once would push the same branch.
  resource_group: "set-image",
  interruptible: false,
  variables: {
    ENVIRONMENT: "$[[ inputs.environment ]]",
    SERVICE: "$[[ inputs.service ]]",
    IMAGE: "$[[ inputs.image ]]",
    // Install scripts of packages would run next to the token.
    npm_config_ignore_scripts: "true",
    npm_config_omit: "dev",
  },
  script: [
    `if [ -z "$MERGE_REQUEST_TOKEN" ]; then
  echo "MERGE_REQUEST_TOKEN is not set: make an access token of the project with the role Developer and the scope write_repository, and put it into this variable, masked and protected." >&2
  exit 2
fi`,
    install,
    `npm run --silent set-image -- "$ENVIRONMENT" "$SERVICE" "$IMAGE"`,
    `if git diff --quiet; then exit 0; fi
branch="image/$ENVIRONMENT-$SERVICE"
title="Set the image of $SERVICE in $ENVIRONMENT"
git -c user.name="GitLab CI" -c user.email="ci@noreply.$CI_SERVER_HOST" commit --quiet --all --message "$title"
git -c credential.helper= -c credential.helper='${HELPER}' push --force \\
  -o merge_request.create -o "merge_request.target=$CI_DEFAULT_BRANCH" -o "merge_request.title=$title" \\
  -o "merge_request.description=$IMAGE" -o merge_request.remove_source_branch \\
  "$CI_PROJECT_URL.git" "HEAD:refs/heads/$branch"
`,
  ],
});
