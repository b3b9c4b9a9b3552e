// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
)

// on is a system with variables and files.
func on(words ...string) system {
	values := map[string]string{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		values[name] = value
	}
	get := func(name string) string { return values[name] }
	return system{get, get}
}

func text(all []attribute.KeyValue) string {
	var words []string
	for _, a := range all {
		words = append(words, fmt.Sprintf("%s=%s", a.Key, a.Value.Emit()))
	}
	return strings.Join(words, " ")
}

const (
	id  = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	uid = "11111111-2222-3333-4444-555555555555"
)

func TestContainerID(t *testing.T) {
	for cgroup, want := range map[string]string{
		"12:memory:/docker/" + id: id,
		"1:name=systemd:/kubepods.slice/kubepods-burstable.slice/cri-containerd-" + id + ".scope": id,
		"0::/system.slice/docker-" + id + ".scope\n":                                              id,
		"0::/../crio-" + id + ".scope":                                                            id,
		"11:cpu:/kubepods/besteffort/pod" + uid + ":cri-containerd:" + id:                         id,
		"9:pids:/ecs/0123456789abcdef0123456789abcdef/0123456789abcdef0123456789abcdef-42":        "0123456789abcdef0123456789abcdef-42",
		"0::/": "",
		"0::/user.slice/user-1000.slice/session-3.scope": "",
		"": "",
	} {
		if got := containerID(on("/proc/self/cgroup=" + cgroup)); got != want {
			t.Errorf("%s: %q", cgroup, got)
		}
	}
	for mount, want := range map[string]string{
		"/var/lib/docker/containers/" + id + "/hostname /etc/hostname":                           id,
		"/var/lib/containers/storage/overlay-containers/" + id + "/userdata/hostname /etc/hosts": id,
		"/var/lib/containerd/sandboxes/" + id + "/hostname /etc/hostname":                        "", // the pod's, not the container's
		"/var/lib/docker/containers/" + id + "/hostname /mnt":                                    "",
		"/var/lib/docker/containers/short/hostname /etc/hostname":                                "",
	} {
		if got := containerID(on("/proc/self/cgroup=0::/", "/proc/self/mountinfo=1 2 8:1 "+mount+" rw - ext4 /dev/sda rw")); got != want {
			t.Errorf("%s: %q", mount, got)
		}
	}
}

func TestHostHasTheMachinesIDOutsideOfContainers(t *testing.T) {
	if got := text(host(on("/etc/machine-id=abc\n"))); !strings.HasSuffix(got, "host.id=abc") || !strings.Contains(got, "host.arch=") {
		t.Error(got)
	}
	if got := text(host(on("/etc/machine-id=uninitialized", "/var/lib/dbus/machine-id=def"))); !strings.HasSuffix(got, "host.id=def") {
		t.Error(got)
	}
	if got := text(host(on("/etc/machine-id=abc", "/proc/self/cgroup=0::/docker-"+id+".scope"))); strings.Contains(got, "host.id") {
		t.Error(got)
	}
}

func TestOperatingSystem(t *testing.T) {
	if got := text(operatingSystem(on("/etc/os-release=NAME=\"Debian GNU/Linux\"\nVERSION_ID=12\n"))); !strings.HasSuffix(got, "os.name=Debian GNU/Linux os.version=12") {
		t.Error(got)
	}
	if text(operatingSystem(on())) != "os.type="+osType(runtime.GOOS) {
		t.Error("without a file")
	}
}

func TestInstanceIDIsANewUUID(t *testing.T) {
	one, two := text(service(on())), text(service(on()))
	if one == two || !regexp.MustCompile(`^service\.instance\.id=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(one) {
		t.Error(one, two)
	}
}

func TestKubernetes(t *testing.T) {
	for want, words := range map[string][]string{
		"": {"POD_NAME=p", serviceAccount + "namespace=n"},
		"k8s.pod.name=p k8s.pod.uid=u k8s.namespace.name=n k8s.node.name=o k8s.container.name=c k8s.deployment.name=d k8s.cluster.name=x": {
			"KUBERNETES_SERVICE_HOST=1", "POD_NAME=p", "POD_UID=u", "POD_NAMESPACE=n", "NODE_NAME=o", "CONTAINER_NAME=c", "K8S_DEPLOYMENT_NAME=d", "K8S_CLUSTER_NAME=x"},
		"k8s.pod.name=p k8s.namespace.name=shop": {"KUBERNETES_SERVICE_HOST=1", "K8S_POD_NAME=p", serviceAccount + "namespace=shop\n"},
		"k8s.pod.uid=" + uid:                     {"KUBERNETES_SERVICE_HOST=1", "/proc/self/mountinfo=1 2 8:1 /var/lib/kubelet/pods/" + uid + "/etc-hosts /etc/hosts rw"},
	} {
		if got := text(kubernetes(on(words...))); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	for _, group := range []string{"/kubepods/burstable/pod" + uid + "/" + id, "/kubepods.slice/kubepods-burstable-pod" + strings.ReplaceAll(uid, "-", "_") + ".slice/crio-" + id + ".scope"} {
		if got := podUID(on("/proc/self/cgroup=0::" + group)); got != uid {
			t.Errorf("%s: %q", group, got)
		}
	}
	name, _ := os.Hostname()
	if got := text(kubernetes(on("KUBERNETES_SERVICE_HOST=1", "HOSTNAME="+name))); got != "k8s.pod.name="+name {
		t.Error(got)
	}
	if got := text(kubernetes(on("KUBERNETES_SERVICE_HOST=1", "HOSTNAME="+name, "NODE_NAME="+name))); got != "k8s.node.name="+name {
		t.Error(got)
	}
}

func TestClouds(t *testing.T) {
	clouds := []string{"aws", "gcp", "azure"}
	for want, words := range map[string][]string{
		"": {firmware + "sys_vendor=QEMU", "AWS_REGION=eu-1", "WEBSITE_RESOURCE_GROUP=g"},
		"cloud.provider=aws cloud.platform=aws_lambda cloud.region=eu-1 faas.name=f faas.version=7 faas.instance=s faas.max_memory=134217728 aws.log.group.names=[\"/aws/f\"]": {
			"AWS_LAMBDA_FUNCTION_NAME=f", "AWS_LAMBDA_FUNCTION_VERSION=7", "AWS_LAMBDA_LOG_STREAM_NAME=s", "AWS_LAMBDA_LOG_GROUP_NAME=/aws/f", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128", "AWS_REGION=eu-1"},
		"cloud.provider=aws cloud.platform=aws_ecs aws.ecs.launchtype=fargate": {"ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4", "AWS_EXECUTION_ENV=AWS_ECS_FARGATE"},
		"cloud.provider=aws cloud.platform=aws_ec2 host.id=i-0abc":             {firmware + "sys_vendor=Amazon EC2\n", firmware + "board_asset_tag=i-0abc\n"},
		"cloud.provider=aws": {firmware + "sys_vendor=Amazon EC2", "KUBERNETES_SERVICE_HOST=1"},
		"cloud.provider=gcp cloud.platform=gcp_cloud_run faas.name=f faas.version=f-1":                                                                                     {"K_SERVICE=f", "K_REVISION=f-1"},
		"cloud.provider=gcp cloud.platform=gcp_cloud_functions faas.name=f faas.version=f-1":                                                                               {"K_SERVICE=f", "K_REVISION=f-1", "FUNCTION_TARGET=F"},
		"cloud.provider=gcp cloud.platform=gcp_cloud_run faas.name=j gcp.cloud_run.job.execution=j-1 gcp.cloud_run.job.task_index=0":                                       {"CLOUD_RUN_JOB=j", "CLOUD_RUN_EXECUTION=j-1", "CLOUD_RUN_TASK_INDEX=0"},
		"cloud.provider=gcp cloud.platform=gcp_app_engine cloud.account.id=p faas.name=s faas.version=v faas.instance=i":                                                   {"GAE_SERVICE=s", "GAE_VERSION=v", "GAE_INSTANCE=i", "GOOGLE_CLOUD_PROJECT=p"},
		"cloud.provider=gcp cloud.platform=gcp_compute_engine":                                                                                                             {firmware + "product_name=Google Compute Engine"},
		"cloud.provider=azure cloud.platform=azure.vm":                                                                                                                     {firmware + "chassis_asset_tag=" + azureTag},
		"cloud.provider=azure cloud.platform=azure.container_apps service.instance.id=r":                                                                                   {"CONTAINER_APP_NAME=a", "CONTAINER_APP_REPLICA_NAME=r"},
		"cloud.provider=azure cloud.platform=azure.functions cloud.region=west cloud.account.id=sub service.instance.id=i faas.name=f faas.instance=i":                     {"WEBSITE_SITE_NAME=f", "FUNCTIONS_EXTENSION_VERSION=~4", "REGION_NAME=west", "WEBSITE_OWNER_NAME=sub+g-west", "WEBSITE_INSTANCE_ID=i"},
		"cloud.provider=azure cloud.platform=azure.app_service cloud.account.id=sub cloud.resource_id=/subscriptions/sub/resourceGroups/g/providers/Microsoft.Web/sites/s": {"WEBSITE_SITE_NAME=s", "WEBSITE_OWNER_NAME=sub+g-west", "WEBSITE_RESOURCE_GROUP=g"},
	} {
		if got := text(found(clouds, on(words...), nil)); got != want {
			t.Errorf("%q:\n%s\n%s", words, got, want)
		}
	}
	// Knative isn't Google's alone.
	if got := text(gcp(on("K_SERVICE=f", "K_REVISION=f-1", "KUBERNETES_SERVICE_HOST=1"))); got != "" {
		t.Error(got)
	}
}

func TestChosen(t *testing.T) {
	standard := strings.Join(Default(), ",")
	for list, want := range map[string]string{
		"": standard, "default": standard, "none": "", "all": strings.Join(Names(), ","), "process, HOST": "host,process",
		"-host,-os": strings.TrimPrefix(standard, "host,os,"), "default,command": standard + ",command", "all,-host": strings.TrimPrefix(strings.Join(Names(), ","), "host,"),
	} {
		got := strings.Join(Chosen(list, func(name, hint string) { t.Errorf("%s: %s%s", list, name, hint) }), ",")
		if got != want {
			t.Errorf("%q: %s", list, got)
		}
	}
	told := ""
	if got := Chosen("contaner,host", func(name, hint string) { told += name + hint }); !reflect.DeepEqual(got, []string{"host"}) || told != `contaner; did you mean "container"?` {
		t.Errorf("%q %s", got, told)
	}
}

func TestArgumentsAreRedacted(t *testing.T) {
	const planted = "hunter2"
	args := []string{"/bin/app", "-v", "--level=info", "--password", planted, "--db-password=" + planted, "-token", planted, "--dsn", "app:" + planted + "@/shop",
		"postgres://app:" + planted + "@db/shop", "--url=https://u:" + planted + "@host/p?sig=" + planted, "API_KEY=" + planted, "-p" + planted, "-u", "root:" + planted,
		"-H", "X: " + planted, "--header=Cookie: " + planted, "user=" + planted, "ghp_0123456789abcdefghij0123456789", "serve", "8080"}
	got := redacted(args)
	if joined := strings.Join(got, " "); strings.Contains(joined, planted) || strings.Contains(joined, "0123456789abcdefghij") {
		t.Error(joined)
	}
	for i, want := range map[int]string{0: "/bin/app", 1: "-v", 2: "--level=info", 3: "--password", 21: "serve", 22: "8080"} {
		if got[i] != want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

func BenchmarkDetectors(b *testing.B) {
	for _, name := range Names() {
		b.Run(name, func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				Resource([]string{name}, nil)
			}
		})
	}
}
