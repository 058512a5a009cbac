{{/* The release's name is the name of everything: with the release kinolift, the names are those of deploy/kubernetes. */}}
{{- define "kinolift.name" -}}
{{ .Release.Name | replace "." "-" }}
{{- end }}

{{/* What pods are found by: a list of the context and the name of the workload's kind. */}}
{{- define "kinolift.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{- define "kinolift.labels" -}}
{{ include "kinolift.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ (index . 0).Chart.Name }}-{{ (index . 0).Chart.Version }}
{{- end }}

{{- define "kinolift.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* Settings by their variables. What is secret, or the chart's own, is refused. */}}
{{- define "kinolift.settings" -}}
{{- range $name, $value := .Values.settings }}
{{- /* A reference to a file or variable is none. */}}
{{- if and (regexMatch "_(PASSWORD|PASSPHRASE|SECRET|TOKEN|JAAS_CONFIG|USER_INFO|TRACING_HEADERS|KEYSTORE_KEY)$" $name) (not (hasPrefix "${" $value)) }}
{{- fail (printf "settings: %s is a secret; put it into a Kubernetes secret, and name that in secrets.login" $name) }}
{{- end }}
{{- if has $name (list "KINOLIFT_HTTP_HOST" "KINOLIFT_HTTP_PORT" "KINOLIFT_KAFKA_GROUP_INSTANCE_ID") }}
{{- fail (printf "settings: %s is set by the chart, because probes, services and names of pods go by it" $name) }}
{{- end }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* A list of the context and the name of the workload's own secret, if it has one. */}}
{{- define "kinolift.login" -}}
{{- $name := index . 1 | default (index . 0).Values.secrets.login -}}
secretRef:
  name: {{ $name | default "kinolift-login" }}
  optional: {{ empty $name }}
{{- end }}

{{- define "kinolift.tls" -}}
name: tls
secret:
  secretName: {{ .Values.secrets.tls | default "kinolift-tls" }}
  optional: {{ empty .Values.secrets.tls }}
{{- end }}

{{/* What all pods have in common. */}}
{{- define "kinolift.pod" -}}
automountServiceAccountToken: false
# Its variables would look like settings.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "kinolift.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "kinolift.clientResources" -}}
requests: {cpu: "1", memory: 2Gi}
limits: {memory: 2Gi}
{{- end }}
