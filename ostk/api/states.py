"""The states of resources, from the API references of the services, with their meanings."""

# Noun → field → value → meaning.
STATES: dict[str, dict[str, dict[str, str]]] = {
    "server": {
        "status": {
            "ACTIVE": "running",
            "BUILD": "being created",
            "DELETED": "deleted",
            "ERROR": "an action failed; the field fault says why",
            "HARD_REBOOT": "being powered off and on again",
            "MIGRATING": "moving to another host while it runs",
            "PASSWORD": "the administrator password is being changed",
            "PAUSED": "stopped in the memory of the host; unpause continues it",
            "REBOOT": "the guest was asked to reboot",
            "REBUILD": "being made anew from an image",
            "RESCUE": "running a rescue image, with its own root disk as a second disk",
            "RESIZE": "being resized or migrated, and not running meanwhile",
            "REVERT_RESIZE": "going back to the flavor and host before the resize",
            "SHELVED": "shut down with its disk kept as an image; its host still holds its resources",
            "SHELVED_OFFLOADED": "shelved, and on no host",
            "SHUTOFF": "powered off, by a user or from inside the guest",
            "SOFT_DELETED": "deleted, and kept for a time in which it can be restored",
            "SUSPENDED": "memory saved to the disk of the host; resume continues it",
            "UNKNOWN": "Nova cannot tell, as its host does not report",
            "VERIFY_RESIZE": "resized or migrated, waiting for confirm or revert",
        },
        "OS-EXT-STS:power_state": {
            "NOSTATE": "not known to the hypervisor",
            "Running": "running",
            "Paused": "paused",
            "Shutdown": "powered off",
            "Crashed": "crashed",
            "Suspended": "suspended",
        },
    },
    "volume": {
        "status": {
            "creating": "being created",
            "available": "ready to be attached",
            "reserved": "set aside for a server that is about to attach it",
            "attaching": "being attached to a server",
            "detaching": "being detached from a server",
            "in-use": "attached to a server",
            "maintenance": "locked while it is migrated",
            "deleting": "being deleted",
            "awaiting-transfer": "offered to another project",
            "error": "an operation failed",
            "error_deleting": "the deletion failed",
            "backing-up": "a backup of it is being made",
            "restoring-backup": "a backup is being restored to it",
            "error_backing-up": "the backup failed",
            "error_restoring": "the restoration of a backup failed",
            "error_extending": "the extension failed",
            "downloading": "an image is being copied to it",
            "uploading": "being copied to an image",
            "retyping": "its volume type is being changed",
            "extending": "being extended",
        }
    },
    "volume snapshot": {
        "status": {
            "creating": "being created",
            "available": "ready to be used",
            "backing-up": "a backup of it is being made",
            "deleting": "being deleted",
            "deleted": "deleted",
            "error": "the creation failed",
            "error_deleting": "the deletion failed",
            "restoring": "a volume is being reverted to it",
            "unmanaging": "being removed from Cinder, with its data kept on the backend",
        }
    },
    "volume backup": {
        "status": {
            "creating": "being made",
            "available": "ready to be restored",
            "deleting": "being deleted",
            "error": "the backup failed; the field fail_reason says why",
            "restoring": "being restored to a volume",
            "error_deleting": "the deletion failed",
        }
    },
    "image": {
        "status": {
            "queued": "known to Glance, without data",
            "saving": "data is being uploaded",
            "uploading": "data is being staged for an import",
            "importing": "staged data is being imported",
            "active": "ready to be used",
            "deactivated": "data can be read by administrators only",
            "killed": "the upload failed",
            "deleted": "deleted",
            "pending_delete": "deleted, with data that is removed later",
        }
    },
    "share": {
        "status": {
            "creating": "being created",
            "creating_from_snapshot": "being created from a snapshot",
            "available": "ready to be used",
            "inactive": "its share servers or replicas do not serve it",
            "deleting": "being deleted",
            "deleted": "deleted",
            "error": "the creation failed",
            "error_deleting": "the deletion failed",
            "manage_starting": "a share of the backend is being brought under Manila",
            "manage_error": "the share could not be brought under Manila",
            "unmanage_starting": "being removed from Manila, with its data kept on the backend",
            "unmanage_error": "the share could not be removed from Manila",
            "extending": "being extended",
            "extending_error": "the extension failed",
            "shrinking": "being shrunk",
            "shrinking_error": "the shrinking failed",
            "shrinking_possible_data_loss_error": "not shrunk: it holds more data than the new size",
            "migrating": "moving to another host",
            "migrating_to": "the destination of a migration",
            "replication_change": "one of its replicas is being made the active one",
            "reverting": "being reverted to a snapshot",
            "reverting_error": "the reversion to a snapshot failed",
            "awaiting_transfer": "offered to another project",
            "backup_creating": "a backup of it is being made",
            "backup_restoring": "a backup is being restored to it",
            "backup_restoring_error": "the restoration of a backup failed",
        }
    },
    "network": {
        "status": {
            "ACTIVE": "ready to be used",
            "BUILD": "being set up",
            "DOWN": "not working",
            "ERROR": "the set-up failed",
        }
    },
    "port": {
        "status": {
            "ACTIVE": "an agent has connected it",
            "BUILD": "being connected",
            "DOWN": "not connected: unused, disabled, or its agent does not report",
            "ERROR": "the connection failed",
            "N/A": "stands for an address, such as that of a floating IP, and is never connected",
        },
        "binding:vif_type": {
            "unbound": "on no host yet",
            "binding_failed": "no mechanism driver or agent on the host could bind it",
        },
    },
    "router": {
        "status": {
            "ACTIVE": "ready to be used",
            "ALLOCATING": "the resources of its flavor are being set up",
            "ERROR": "the set-up failed",
        }
    },
    "floating ip": {
        "status": {
            "ACTIVE": "associated with a port, and set up",
            "DOWN": "not associated, or not set up yet",
            "ERROR": "the set-up failed",
        }
    },
    "database instance": {
        "status": {
            "ACTIVE": "the server runs; operating_status says whether the database is healthy",
            "BACKUP": "a backup of it is being made",
            "BLOCKED": "does not respond",
            "BUILD": "being created",
            "DETACH": "being detached from its replica source",
            "EJECT": "its replica source is being ejected",
            "ERROR": "an action failed; the field fault says why",
            "FAILED": "the creation failed",
            "HEALTHY": "running and ready to be used",
            "PROMOTE": "a replica is being promoted",
            "REBOOT": "being restarted",
            "RESIZE": "being resized",
            "RESTART_REQUIRED": "running with an older configuration until it is restarted",
            "SHUTDOWN": "shut down, or being deleted",
            "UPGRADE": "being upgraded to another datastore version",
        }
    },
    "database backup": {
        "status": {
            "NEW": "requested",
            "BUILDING": "being made",
            "SAVING": "its data is being stored",
            "COMPLETED": "ready to be restored",
            "FAILED": "the backup failed",
            "RESTORED": "registered from existing data",
            "DELETE_FAILED": "the deletion failed",
        }
    },
    "baremetal node": {
        "provision_state": {
            "active": "deployed, with an instance",
            "adopt failed": "could not be adopted; the field last_error says why",
            "adopting": "being made active without deployment",
            "available": "cleaned, and ready for deployment",
            "clean failed": "cleaning failed; manage makes the node manageable again",
            "clean hold": "stopped in cleaning until unhold",
            "clean wait": "waiting for the ramdisk that cleans",
            "cleaning": "being cleaned",
            "deleting": "the instance is being removed",
            "deploy failed": "deployment failed; the field last_error says why",
            "deploy hold": "stopped in deployment until unhold",
            "deploying": "being deployed",
            "enroll": "registered, and not verified; manage verifies the node",
            "error": "the instance could not be removed; undeploy tries again",
            "inspect failed": "inspection failed; the field last_error says why",
            "inspect wait": "waiting for the ramdisk that inspects",
            "inspecting": "being inspected",
            "manageable": "verified; can be cleaned, inspected, adopted or provided",
            "rescue": "running the rescue ramdisk",
            "rescue failed": "could not be rescued; the field last_error says why",
            "rescue wait": "waiting for the rescue ramdisk",
            "rescuing": "booting into the rescue ramdisk",
            "service failed": "servicing failed; the field last_error says why",
            "service hold": "stopped in servicing until unhold",
            "service wait": "waiting for the ramdisk that services",
            "servicing": "being serviced",
            "unrescue failed": "could not leave the rescue ramdisk; the field last_error says why",
            "unrescuing": "booting from the rescue ramdisk into the instance",
            "verifying": "the access to the BMC is being verified",
            "wait call-back": "waiting for the ramdisk that deploys",
        }
    },
    "loadbalancer": {
        "provisioning_status": {
            "ACTIVE": "ready to be used and to be changed",
            "DELETED": "deleted, and kept in the database for a time",
            "ERROR": "the last change failed; failover creates its amphorae anew",
            "PENDING_CREATE": "being created, and locked",
            "PENDING_UPDATE": "being changed, or something in it is; locked until then",
            "PENDING_DELETE": "being deleted, and locked",
        },
        "operating_status": {
            "ONLINE": "all members are healthy",
            "DEGRADED": "some members are in error",
            "ERROR": "all members are in error",
            "OFFLINE": "disabled, or without a listener that is online",
            "NO_MONITOR": "without a health monitor",
        },
    },
    "loadbalancer member": {
        "operating_status": {
            "ONLINE": "its health checks succeed",
            "DRAINING": "gets no new connections: its weight is 0",
            "OFFLINE": "disabled",
            "ERROR": "its health checks fail",
            "NO_MONITOR": "the pool has no health monitor",
        }
    },
    "loadbalancer amphora": {
        "status": {
            "ALLOCATED": "serving a load balancer",
            "BOOTING": "being booted",
            "DELETED": "deleted",
            "ERROR": "failed",
            "FAILOVER_STOPPED": "failed, and not replaced: too many others failed at once",
            "PENDING_CREATE": "being created",
            "PENDING_DELETE": "being deleted",
            "READY": "booted, and not serving a load balancer yet",
        }
    },
    "stack": {
        "stack_status": {
            "CREATE_COMPLETE": "created",
            "CREATE_FAILED": "the creation failed; stack failures list says why",
            "CREATE_IN_PROGRESS": "being created, or waiting at a hook",
            "UPDATE_COMPLETE": "updated",
            "UPDATE_FAILED": "the update failed; stack failures list says why",
            "UPDATE_IN_PROGRESS": "being updated, or waiting at a hook",
            "DELETE_COMPLETE": "deleted, and kept in the database for a time",
            "DELETE_FAILED": "the deletion failed; stack failures list says why, and stack delete tries again",
            "DELETE_IN_PROGRESS": "being deleted",
            "ROLLBACK_COMPLETE": "the changes of a creation or an update that failed were undone",
            "ROLLBACK_FAILED": "the changes of a creation or an update that failed could not be undone",
            "ROLLBACK_IN_PROGRESS": "the changes of a creation or an update that failed are being undone",
            "SUSPEND_COMPLETE": "suspended; resume continues it",
            "RESUME_COMPLETE": "resumed",
            "CHECK_COMPLETE": "the resources are as the template says",
            "CHECK_FAILED": "a resource is not as the template says, or gone",
            "ADOPT_COMPLETE": "created of resources that existed",
            "SNAPSHOT_COMPLETE": "a snapshot was taken",
            "RESTORE_COMPLETE": "restored to a snapshot",
        }
    },
    "zone": {
        "status": {
            "ACTIVE": "the name servers have the zone as it is shown",
            "DELETED": "deleted",
            "ERROR": "the name servers did not take the last change",
            "PENDING": "the last change is on its way to the name servers",
        },
        "action": {
            "CREATE": "being created on the name servers",
            "DELETE": "being deleted from the name servers",
            "NONE": "no change is on its way",
            "UPDATE": "a change is on its way to the name servers",
        },
    },
    "recordset": {
        "status": {
            "ACTIVE": "the name servers have the records",
            "ERROR": "the name servers did not take the last change",
            "PENDING": "the last change is on its way to the name servers",
        }
    },
    "alarm": {
        "state": {
            "ok": "the condition is not met",
            "alarm": "the condition is met",
            "insufficient data": "not evaluated yet, or there are no measures",
        }
    },
}
