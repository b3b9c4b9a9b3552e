// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/"

func inKubernetes(s system) bool { return s.getenv("KUBERNETES_SERVICE_HOST") != "" }

// kubernetes knows what a pod's specification passes in variables (downward API),
// what is mounted into each pod, and the pod's host name. The cluster isn't asked.
//
// https://opentelemetry.io/docs/specs/semconv/resource/k8s/
func kubernetes(s system) (all []attribute.KeyValue) {
	if !inKubernetes(s) {
		return nil
	}
	var found attributes
	pod := s.first("K8S_POD_NAME", "POD_NAME", "MY_POD_NAME")
	node := s.first("K8S_NODE_NAME", "NODE_NAME", "MY_NODE_NAME")
	if name, err := os.Hostname(); pod == "" && err == nil && name == s.getenv("HOSTNAME") && name != node {
		pod = name // a pod's, unless it has the network of its node
	}
	namespace := s.first("K8S_NAMESPACE_NAME", "K8S_POD_NAMESPACE", "POD_NAMESPACE", "MY_POD_NAMESPACE")
	if namespace == "" {
		namespace = s.line(serviceAccount + "namespace")
	}
	uid := s.first("K8S_POD_UID", "POD_UID", "MY_POD_UID")
	if uid == "" {
		uid = podUID(s)
	}
	found.text("k8s.pod.name", pod)
	found.text("k8s.pod.uid", uid)
	found.text("k8s.namespace.name", namespace)
	found.text("k8s.node.name", node)
	found.text("k8s.container.name", s.first("K8S_CONTAINER_NAME", "CONTAINER_NAME", "MY_CONTAINER_NAME"))
	found.text("k8s.deployment.name", s.first("K8S_DEPLOYMENT_NAME"))
	found.text("k8s.cluster.name", s.first("K8S_CLUSTER_NAME"))
	return found
}

// podUID is in the names of a pod's files and control groups:
// …/pods/UID/etc-hosts, /kubepods/burstable/podUID/…, with hyphens or underscores.
func podUID(s system) string {
	for _, root := range mounted(s) {
		_, rest, _ := strings.Cut(root, "/pods/")
		if uid, _, _ := strings.Cut(rest, "/"); isUID(uid) {
			return uid
		}
	}
	for _, line := range strings.Split(s.read("/proc/self/cgroup"), "\n") {
		for _, element := range strings.Split(line, "/") {
			at := strings.LastIndex(element, "pod")
			if at < 0 {
				continue
			}
			uid := strings.ReplaceAll(strings.TrimSuffix(element[at+len("pod"):], ".slice"), "_", "-")
			if isUID(uid) {
				return uid
			}
		}
	}
	return ""
}

func isUID(text string) bool {
	return len(text) == 36 && strings.Count(text, "-") == 4 && strings.Trim(text, "0123456789abcdef-") == ""
}
