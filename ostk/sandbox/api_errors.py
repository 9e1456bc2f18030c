"""The errors of the services: name, HTTP status and message."""

from typing import Any

from .messages import ApiError

SENTENCES = r"""
Unauthorized 401 The request you have made requires authentication.
NoIdentity 400 'identity' is a required property
NoCredentials 400 Expecting to find passwordCredentials or token in auth.
TokenNotFound 404 Could not recognize Fernet token
RoleUndefined 404 Role {name} is not defined
Immutable 403 Unable to {verb} immutable resource: `{id}. Set resource option "immutable" to false first.
ParentDisabled 400 cannot create a project in a branch containing a disabled project: {id}
NotALeaf 403 Cannot delete project {id} since it is not a leaf in the hierarchy.
DomainEnabled 403 Cannot delete a domain that is enabled, please disable it first.
ServiceUnknown 400 Could not find service: {id}.
RegionExists 409 Conflict occurred attempting to store region - Duplicate ID, {id}.
MarkerNotFound 400 marker [{marker}] not found
InvalidLimit 400 Invalid input for field/attribute limit. Value: {limit}.
FlavorIdExists 409 Flavor with ID {id} already exists.
FlavorIsPublicGET 404 Access list not available for public flavors.
FlavorIsPublicPOST 409 Can not add or remove access for a public flavor.
FlavorAccessExists 409 Flavor access already exists for flavor {id} and project {project} combination.
FlavorAccessNotFound 404 Flavor access not found for flavor {id} and project {project} combination.
ProjectUnknown 400 Project ID {id} is not a valid project.
InvalidKeypair 400 Keypair data is invalid: failed to generate fingerprint
InvalidKeypairName 400 Invalid input for field/attribute name. Value: {name}. '{name}' does not match '^[_\\-\\@\\.
  a-zA-Z0-9]+$'
KeyPairExists 409 Key pair '{name}' already exists.
NoHypervisor 404 No hypervisor matching '{pattern}' could be found.
KeypairNotMade 400 The practice cloud makes no key pairs: give a public key, as API 2.92 and later ask.
ServerNeeds 400 Invalid input for field/attribute server. Value: {body}. '{key}' is a required property
NoImageRef 400 Missing imageRef attribute
InvalidBDMEphemeralSize 400 Ephemeral disks requested are larger than the instance type allows. If no size is given in
  one block device mapping, flavor ephemeral size will be used.
ImageBadRequest 400 Invalid image identifier or unable to use requested image.
InvalidImageRef 400 Invalid input for field/attribute imageRef. Value: {id}. '{id}' is not valid under any of the given
  schemas
ImageUnknown 400 Can not find requested image
ImageNotActive 400 Image {id} is not active.
InvalidKeyName 400 Invalid key_name provided.
ComputeHostNotFound 400 Compute host {host} could not be found.
NoSuchZone 400 The requested availability zone is not available
NetworkAmbiguous 409 Multiple possible networks found, use a Network ID to be more specific.
PortInUse 409 Port {id} is still in use.
SecurityGroupUnknown 400 Unable to find security_group with name or id '{name}'
SecurityGroupNotThere 404 Security group {group} not associated with the instance {id}
InvalidPattern 400 Invalid input for field/attribute {key}.
UnknownFilter 400 '{key}' does not match any of the regexes: '^_'
InstanceIsLocked 409 Instance {id} is locked
InstanceInvalidState 409 Cannot '{word}' instance {id} while it is in {what}
CannotResizeToSameFlavor 400 When resizing, instances must change flavor!
InvalidSortKey 400 Invalid sort key: {key}. It must be one of the following: {known}.
InvalidImage 400 Provided object does not match schema 'image': '{value}' is not one of {known}
ImageExists 409 Image ID {id} already exists!
ImageProtected 403 Image {id} is protected and cannot be deleted.
NoSuchProperty 409 There was a conflict when trying to complete your request. Property {key} does not exist.
PropertyStays 403 Access was denied to this resource. Property {key} may not be removed.
FormatStays 403 Attribute {key} can be only replaced for a queued image.
NoFormat 400 Properties disk_format, container_format must be set prior to saving data.
InvalidImageStatusTransition 409 Image status transition from {old} to {new} is not allowed
ImageDeactivated 403 The requested image has been deactivated. Image data download is forbidden.
UnknownImportMethod 400 Unknown import method name '{name}'.
NotToImport 409 Image needs to be in '{status}' state to use '{name}' method
NotToActivate 403 Not allowed to {action} image in status '{status}'
NotShared 403 Not allowed to list members for image {id}: Only shared images have members.
MemberExists 409 Member {member} is duplicated for image {id}
InvalidInput 400 Invalid input for operation: {what}
BadRequest 400 {what}
BadRouter 400 Bad router request: {what}
NetworkInUse 409 Unable to complete operation on network {id}. There are one or more ports still in use on the network,
  id for these ports is: {others}.
SubnetInUse 409 Unable to complete operation on subnet {id}: One or more ports have an IP allocation from this subnet.
InvalidIpForSubnet 400 IP address {ip} is not a valid IP for the specified subnet.
IpAddressAlreadyAllocated 409 IP address {ip} already allocated in subnet {id}
IpAddressGenerationFailure 409 No more IP addresses available on network {id}.
MacAddressInUse 409 Unable to complete operation for network {id}. The mac address {mac} is in use.
PortSecurityPortHasSecurityGroup 409 Port has security group associated. Cannot disable port security until security
  group is removed.
ServicePortInUse 409 Port {id} cannot be deleted directly via the port API: has device owner {owner}.
SecurityGroupDefaultAlreadyExists 409 Default security group already exists.
SecurityGroupInUse 409 Security Group {id} in use.
SecurityGroupRuleExists 409 Security group rule already exists. Rule id is {id}.
PolicyNotAuthorized 403 {what} is disallowed by policy
RouterInUse 409 Router {id} has ports still attached: {others}
RouterInterfaceNotFoundForSubnet 404 Router {id} has no interface on subnet {subnet}
ExternalGatewayForFloatingIPNotFound 404 External network {network} is not reachable from subnet {subnet}.  Therefore,
  cannot associate Port {port} with a Floating IP.
NoSize 400 The server could not comply with the request since it is either malformed or otherwise incorrect.
InvalidSize 400 Invalid input for field/attribute size. Value: {size}. {size} is less than the minimum of 1
InvalidStatus 400 Invalid {what}: {What} {id} status must be {states}, but current status is: {status}.
InvalidVolume 400 Invalid volume: Volume status must be available or error or error_restoring or error_extending or
  error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be
  disassociated from snapshots after volume transfer.
InvalidExtend 400 Invalid input received: New size for extend must be greater than current size. (current: {now},
  extended: {size}).
NoImageMetadata 404 Metadata does not exist.
VolumeAttached 400 Invalid volume: volume {id} already attached
VolumeTypeNotFoundByName 404 Volume type with name {name} could not be found.
VolumeSizeExceedsAvailableQuota 413 VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed
  gigabytes quota. Requested {more}G, quota is {limit}G and {used}G has been consumed.
"""


def read(text: str) -> dict[str, tuple[int, str]]:
    """Return the table of errors: name → status and message; an indented line continues the one before."""
    lines = text.strip().replace("\n  ", " ").splitlines()
    return {name: (int(status), words) for name, status, words in (line.split(" ", 2) for line in lines)}


TABLE = read(SENTENCES)


def raise_if(when: Any, name: str, /, **words: Any) -> None:
    """Raise the error with this name if `when` is true; `words` fill in its message."""
    if when:
        raise api_error(name, **words)


def api_error(name: str, /, **words: Any) -> ApiError:
    """Return the error with this name; `words` fill in its message."""
    status, sentence = TABLE[name]
    return ApiError(status, sentence.format(**words), name)
