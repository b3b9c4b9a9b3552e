// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"
)

// gcp knows Cloud Run, its jobs and functions, and App Engine by variables, and
// Compute Engine by firmware. The variables of Cloud Run are Knative's, which within
// Kubernetes is anybody's.
func gcp(s system) []attribute.KeyValue {
	project := s.first("GOOGLE_CLOUD_PROJECT", "GCP_PROJECT")
	switch {
	case s.getenv("GAE_SERVICE") != "":
		all := cloud("gcp", "gcp_app_engine")
		all.text("cloud.account.id", project)
		all.text("faas.name", s.first("GAE_SERVICE"))
		all.text("faas.version", s.first("GAE_VERSION"))
		all.text("faas.instance", s.first("GAE_INSTANCE"))
		return all
	case s.getenv("CLOUD_RUN_JOB") != "":
		all := cloud("gcp", "gcp_cloud_run")
		all.text("cloud.account.id", project)
		all.text("faas.name", s.first("CLOUD_RUN_JOB"))
		all.text("gcp.cloud_run.job.execution", s.first("CLOUD_RUN_EXECUTION"))
		if n, err := strconv.Atoi(s.first("CLOUD_RUN_TASK_INDEX")); err == nil {
			all = append(all, attribute.Int("gcp.cloud_run.job.task_index", n))
		}
		return all
	case s.getenv("K_SERVICE") != "" && s.getenv("K_REVISION") != "" && !inKubernetes(s):
		platform := "gcp_cloud_run"
		if s.getenv("FUNCTION_TARGET") != "" {
			platform = "gcp_cloud_functions"
		}
		all := cloud("gcp", platform)
		all.text("cloud.account.id", project)
		all.text("faas.name", s.first("K_SERVICE"))
		all.text("faas.version", s.first("K_REVISION"))
		return all
	case s.line(firmware+"product_name") == "Google Compute Engine":
		return machine(s, "gcp", "gcp_compute_engine")
	}
	return nil
}
