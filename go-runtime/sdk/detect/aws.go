// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// aws knows Lambda and ECS by variables, and EC2 by firmware, where Nitro has the
// instance's id.
func aws(s system) []attribute.KeyValue {
	region := s.first("AWS_REGION", "AWS_DEFAULT_REGION")
	switch {
	case s.getenv("AWS_LAMBDA_FUNCTION_NAME") != "":
		all := cloud("aws", "aws_lambda")
		all.text("cloud.region", region)
		all.text("faas.name", s.first("AWS_LAMBDA_FUNCTION_NAME"))
		all.text("faas.version", s.first("AWS_LAMBDA_FUNCTION_VERSION"))
		all.text("faas.instance", s.first("AWS_LAMBDA_LOG_STREAM_NAME"))
		all.memory(s.first("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))
		if group := s.first("AWS_LAMBDA_LOG_GROUP_NAME"); group != "" {
			all = append(all, attribute.StringSlice("aws.log.group.names", []string{group}))
		}
		return all
	case s.first("ECS_CONTAINER_METADATA_URI_V4", "ECS_CONTAINER_METADATA_URI") != "":
		all := cloud("aws", "aws_ecs")
		all.text("cloud.region", region)
		switch s.getenv("AWS_EXECUTION_ENV") {
		case "AWS_ECS_FARGATE":
			all.text("aws.ecs.launchtype", "fargate")
		case "AWS_ECS_EC2":
			all.text("aws.ecs.launchtype", "ec2")
		}
		return all
	case s.line(firmware+"sys_vendor") == "Amazon EC2":
		all := machine(s, "aws", "aws_ec2")
		if id := s.line(firmware + "board_asset_tag"); strings.HasPrefix(id, "i-") {
			all.text("host.id", id)
		}
		return all
	}
	return nil
}
