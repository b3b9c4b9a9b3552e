// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// container knows its id by the names of control groups, or, with those of version
// 2 in a namespace, by the files that the container's engine has mounted.
//
// https://opentelemetry.io/docs/specs/semconv/resource/container/
func container(s system) (all []attribute.KeyValue) {
	var found attributes
	found.text("container.id", containerID(s))
	return found
}

func containerID(s system) string {
	for _, line := range strings.Split(s.read("/proc/self/cgroup"), "\n") {
		// 4:memory:/docker/ID, 1:name=systemd:/…/cri-containerd-ID.scope
		last := line[strings.LastIndexByte(line, '/')+1:]
		last = strings.TrimSuffix(strings.TrimSpace(last), ".scope")
		if at := strings.LastIndexAny(last, ":-"); at >= 0 && isID(last[at+1:]) {
			last = last[at+1:]
		}
		if isID(last) {
			return last
		}
		// Fargate: /ecs/TASK/TASK-NUMBER
		if strings.Contains(line, "/ecs/") && isTaskID(last) {
			return last
		}
	}
	if !strings.Contains("\n"+s.read("/proc/self/cgroup")+"\n", "::/\n") {
		return "" // in no namespace of its own: reading the mounts takes longer than all else
	}
	for _, root := range mounted(s) {
		// …/containers/ID/hostname, …/overlay-containers/ID/userdata/hostname
		for rest, ok := root, true; ok; {
			if _, rest, ok = strings.Cut(rest, "containers/"); ok {
				if id, _, _ := strings.Cut(rest, "/"); isID(id) {
					return id
				}
			}
		}
	}
	return ""
}

// mounted is where the files come from that engines mount: the fourth field of
// proc_pid_mountinfo(5).
func mounted(s system) (roots []string) {
	for _, line := range strings.Split(s.read("/proc/self/mountinfo"), "\n") {
		fields := strings.Fields(line)
		if len(fields) > 4 && (fields[4] == "/etc/hostname" || fields[4] == "/etc/hosts" || fields[4] == "/etc/resolv.conf" || fields[4] == "/dev/termination-log") {
			roots = append(roots, fields[3])
		}
	}
	return roots
}

// isID knows the 64 hexadecimal digits of a container's id.
func isID(text string) bool { return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == "" }

// isTaskID knows 32 hexadecimal digits, a hyphen and a number.
func isTaskID(text string) bool {
	task, number, ok := strings.Cut(text, "-")
	return ok && len(task) == 32 && strings.Trim(task, "0123456789abcdef") == "" && number != "" && strings.Trim(number, "0123456789") == ""
}
