// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// azureTag is what the firmware of each virtual machine of Azure's has.
const azureTag = "7783-7084-3265-9085-8269-3286-77"

// azure knows App Service, its functions and Container Apps by variables, and virtual machines by
// firmware.
func azure(s system) []attribute.KeyValue {
	site := s.first("WEBSITE_SITE_NAME")
	switch {
	case site != "":
		platform := "azure.app_service"
		functions := s.getenv("FUNCTIONS_EXTENSION_VERSION") != ""
		if functions {
			platform = "azure.functions"
		}
		all := cloud("azure", platform)
		all.text("cloud.region", s.first("REGION_NAME"))
		// The owner is SUBSCRIPTION+GROUP-REGION….
		subscription, _, _ := strings.Cut(s.first("WEBSITE_OWNER_NAME"), "+")
		all.text("cloud.account.id", subscription)
		if group := s.first("WEBSITE_RESOURCE_GROUP"); subscription != "" && group != "" {
			all.text("cloud.resource_id", "/subscriptions/"+subscription+"/resourceGroups/"+group+"/providers/Microsoft.Web/sites/"+site)
		}
		all.text("deployment.environment.name", s.first("WEBSITE_SLOT_NAME"))
		all.text("service.instance.id", s.first("WEBSITE_INSTANCE_ID"))
		if functions {
			all.text("faas.name", site)
			all.text("faas.instance", s.first("WEBSITE_INSTANCE_ID"))
			all.memory(s.first("WEBSITE_MEMORY_LIMIT_MB"))
		}
		return all
	case s.getenv("CONTAINER_APP_NAME") != "":
		all := cloud("azure", "azure.container_apps")
		all.text("service.instance.id", s.first("CONTAINER_APP_REPLICA_NAME"))
		return all
	case s.line(firmware+"chassis_asset_tag") == azureTag:
		return machine(s, "azure", "azure.vm")
	}
	return nil
}
