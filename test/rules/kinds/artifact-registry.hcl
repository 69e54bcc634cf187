=== Maven settings of a Docker repository
=> error service/repository-mode: maven_config is set with format "DOCKER"
resource "google_artifact_registry_repository" "r" {
  repository_id = "images"
  location = "europe-west1"
  format = "DOCKER"
  «maven_config { version_policy = "RELEASE" }¦»
}

=== remote repository of another format
=> error service/repository-mode: remote_repository_config.npm_repository is set with format "DOCKER"
resource "google_artifact_registry_repository" "r" {
  repository_id = "mirror"
  location = "europe-west1"
  format = "«DOCKER¦NPM»"
  mode = "REMOTE_REPOSITORY"
  remote_repository_config { 
    npm_repository { public_repository = "NPMJS" } 
  }
}

=== virtual repository over one of another format
=> error reachability/virtual-repository: format is DOCKER, and that of its upstream google_artifact_registry_repository.own is NPM
resource "google_artifact_registry_repository" "own" {
  repository_id = "own"
  location = "europe-west1"
  format = "«NPM¦DOCKER»"
}
resource "google_artifact_registry_repository" "v" {
  repository_id = "all"
  location = "europe-west1"
  format = "DOCKER"
  mode = "VIRTUAL_REPOSITORY"
  virtual_repository_config { 
    upstream_policies { 
      id = "own" 
      repository = google_artifact_registry_repository.own.id 
      priority = 10 
    } 
  }
}

=== virtual repository over one of another region
=> error reachability/virtual-repository: location is europe-west1, and that of its upstream google_artifact_registry_repository.own is europe-west4
resource "google_artifact_registry_repository" "own" {
  repository_id = "own"
  location = "«europe-west4¦europe-west1»"
  format = "DOCKER"
}
resource "google_artifact_registry_repository" "v" {
  repository_id = "all"
  location = "europe-west1"
  format = "DOCKER"
  mode = "VIRTUAL_REPOSITORY"
  virtual_repository_config { 
    upstream_policies { 
      id = "own" 
      repository = google_artifact_registry_repository.own.id 
      priority = 10 
    } 
  }
}

=== cleanup that deletes the most recent
=> error service/repository-mode: cleanup_policies.most_recent_versions is set with action "DELETE"
resource "google_artifact_registry_repository" "r" {
  repository_id = "images"
  location = "europe-west1"
  format = "DOCKER"
  cleanup_policies { 
    id = "recent" 
    action = "«DELETE¦KEEP»" 
    most_recent_versions { keep_count = 5 } 
  }
}

=== cleanup with both kinds of conditions
=> error service/repository-mode: cleanup_policies.condition and most_recent_versions are set
resource "google_artifact_registry_repository" "r" {
  repository_id = "images"
  location = "europe-west1"
  format = "DOCKER"
  cleanup_policies { 
    id = "recent" 
    action = "KEEP" 
    most_recent_versions { keep_count = 5 } 
    «condition { tag_state = "TAGGED" }¦»
  }
}

=== tag prefixes of untagged versions
=> error service/repository-mode: cleanup_policies.condition.tag_prefixes is set with tag_state "UNTAGGED"
resource "google_artifact_registry_repository" "r" {
  repository_id = "images"
  location = "europe-west1"
  format = "DOCKER"
  cleanup_policies { 
    id = "old" 
    action = "DELETE" 
    condition { 
      tag_state = "«UNTAGGED¦TAGGED»" 
      tag_prefixes = ["rc"]
    } 
  }
}

=== age in words
=> error rollout/target-image: cleanup_policies.condition.older_than is "30 days"
resource "google_artifact_registry_repository" "r" {
  repository_id = "images"
  location = "europe-west1"
  format = "DOCKER"
  cleanup_policies { 
    id = "old" 
    action = "DELETE" 
    condition { older_than = "«30 days¦30d»" }
  }
}

=== credentials without a version
=> error reachability/full-name: remote_repository_config.upstream_credentials.username_password_credentials.password_secret_version is "projects/acme-prod/secrets/hub"
resource "google_artifact_registry_repository" "r" {
  repository_id = "mirror"
  location = "europe-west1"
  format = "DOCKER"
  mode = "REMOTE_REPOSITORY"
  remote_repository_config {
    docker_repository { public_repository = "DOCKER_HUB" }
    upstream_credentials {
      username_password_credentials {
        username = "acme"
        password_secret_version = "projects/acme-prod/secrets/hub«¦/versions/1»"
      }
    }
  }
}

=== upstreams of a standard repository
=> error service/repository-mode: virtual_repository_config is set with mode "STANDARD_REPOSITORY"
resource "google_artifact_registry_repository" "r" {
  repository_id = "all"
  location = "europe-west1"
  format = "DOCKER"
  mode = "«STANDARD¦VIRTUAL»_REPOSITORY"
  virtual_repository_config {
    upstream_policies {
      id = "own"
      repository = "projects/acme-prod/locations/europe-west1/repositories/own"
      priority = 10
    }
  }
}

=== remote repository by both kinds of sources
=> error schema/conflict: remote_repository_config.docker_repository.custom_repository and remote_repository_config.docker_repository.public_repository are set together in google_artifact_registry_repository
resource "google_artifact_registry_repository" "r" {
  repository_id = "mirror"
  location = "europe-west1"
  format = "DOCKER"
  mode = "REMOTE_REPOSITORY"
  remote_repository_config {
    docker_repository {
      public_repository = "DOCKER_HUB"
      «custom_repository { uri = "https://registry.acme.com" }¦»
    }
  }
}
