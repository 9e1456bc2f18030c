"""Nodes of Ironic: the requests of each command."""

from __future__ import annotations

from ..request_tables import rejection_table, rejects, request_table, sends

N = "/baremetal/v1/nodes"
CASES = request_table("""
/baremetal/v1
baremetal node list
  GET ~/nodes
baremetal node list --long --limit 5 --marker m --sort name:desc
  GET ~/nodes/detail?limit=5&marker=m
baremetal node list --fields name driver --maintenance --no-retired --unassociated --provision-state active
  GET ~/nodes?maintenance=true&retired=false&associated=false&provision_state=active&fields=name%2Cdriver
baremetal node list --no-maintenance --retired --associated --fault f --driver d --resource-class r --chassis c
  GET ~/nodes?maintenance=false&retired=true&fault=f&associated=true&driver=d&resource_class=r&chassis_uuid=c
baremetal node list --conductor-group g --conductor h --owner o --lessee l --description-contains d --instance-name i
  GET ~/nodes?conductor_group=g&conductor=h&owner=o&lessee=l&description_contains=d&instance_name=i
baremetal node list --sharded --shards a b --include-children
  GET ~/nodes?sharded=true&shard=a%2Cb&include_children=true
baremetal node list --unsharded --parent-node p-id
  GET ~/nodes?sharded=false&parent_node=p-id
baremetal node show web-id
  GET ~/nodes/web-id
baremetal node show web-id --fields name driver
  GET ~/nodes/web-id?fields=name%2Cdriver
baremetal node create --driver fake-hardware
  POST ~/nodes {"driver": "fake-hardware"}
baremetal node create --driver d --name n --uuid u --chassis-uuid c --property version=1.10 --property memory_mb=1024 --driver-info a='[1.5]' --extra 't="x"' --automated-clean --disable-power-off
  POST ~/nodes {"driver": "d", "name": "n", "uuid": "u", "chassis_uuid": "c", "automated_clean": true, "driver_info": {"a": [1.5]}, "properties": {"version": "1.10", "memory_mb": 1024}, "extra": {"t": "x"}, "disable_power_off": true}
baremetal node create --driver d --bios-interface a --boot-interface b --console-interface c --deploy-interface d --firmware-interface e --inspect-interface f --management-interface g --network-interface h --power-interface i --raid-interface j --rescue-interface k --storage-interface l --vendor-interface m
  POST ~/nodes {"driver": "d", "bios_interface": "a", "boot_interface": "b", "console_interface": "c", "deploy_interface": "d", "firmware_interface": "e", "inspect_interface": "f", "management_interface": "g", "network_interface": "h", "power_interface": "i", "raid_interface": "j", "rescue_interface": "k", "storage_interface": "l", "vendor_interface": "m"}
baremetal node create --driver d --resource-class r --conductor-group g --no-automated-clean --owner o --lessee l --description t --shard s --parent-node p-id --instance-name i --network-data '{"links":[]}'
  POST ~/nodes {"driver": "d", "resource_class": "r", "conductor_group": "g", "automated_clean": false, "owner": "o", "lessee": "l", "description": "t", "shard": "s", "parent_node": "p-id", "instance_name": "i", "network_data": {"links": []}}
baremetal node delete a b
  DELETE ~/nodes/a
  DELETE ~/nodes/b
baremetal node set a b --property version=1.10 --extra k=v --driver-info d=1 --instance-info i=null --description ""
  PATCH ~/nodes/a [{"op": "add", "path": "/description", "value": ""}, {"op": "add", "path": "/driver_info/d", "value": 1}, {"op": "add", "path": "/properties/version", "value": "1.10"}, {"op": "add", "path": "/extra/k", "value": "v"}, {"op": "add", "path": "/instance_info/i", "value": null}]
  PATCH ~/nodes/b [{"op": "add", "path": "/description", "value": ""}, {"op": "add", "path": "/driver_info/d", "value": 1}, {"op": "add", "path": "/properties/version", "value": "1.10"}, {"op": "add", "path": "/extra/k", "value": "v"}, {"op": "add", "path": "/instance_info/i", "value": null}]
baremetal node set a --name 1.10 --instance-uuid u --protected --protected-reason r --retired --retired-reason s --reset-bios-interface --boot-interface b --enable-power-off
  PATCH ~/nodes/a [{"op": "add", "path": "/name", "value": "1.10"}, {"op": "add", "path": "/instance_uuid", "value": "u"}, {"op": "remove", "path": "/bios_interface"}, {"op": "add", "path": "/boot_interface", "value": "b"}, {"op": "add", "path": "/protected", "value": true}, {"op": "add", "path": "/protected_reason", "value": "r"}, {"op": "add", "path": "/retired", "value": true}, {"op": "add", "path": "/retired_reason", "value": "s"}, {"op": "add", "path": "/disable_power_off", "value": false}]
baremetal node set a --driver d --reset-interfaces --chassis-uuid c
  PATCH ~/nodes/a?reset_interfaces=true [{"op": "add", "path": "/chassis_uuid", "value": "c"}, {"op": "add", "path": "/driver", "value": "d"}]
baremetal node set a --target-raid-config '{"logical_disks":[]}' --name n
  PUT ~/nodes/a/states/raid {"logical_disks": []}
  then PATCH ~/nodes/a [{"op": "add", "path": "/name", "value": "n"}]
baremetal node unset a --name --property p --property q --extra e --driver-info d --instance-info i --network-data --automated-clean --vendor-interface
  PATCH ~/nodes/a [{"op": "remove", "path": "/name"}, {"op": "remove", "path": "/network_data"}, {"op": "remove", "path": "/vendor_interface"}, {"op": "remove", "path": "/automated_clean"}, {"op": "remove", "path": "/properties/p"}, {"op": "remove", "path": "/properties/q"}, {"op": "remove", "path": "/driver_info/d"}, {"op": "remove", "path": "/instance_info/i"}, {"op": "remove", "path": "/extra/e"}]
baremetal node unset a --target-raid-config
  PUT ~/nodes/a/states/raid {}
baremetal node set a
baremetal node unset a
baremetal node abort a
  PUT ~/nodes/a/states/provision {"target": "abort"}
baremetal node adopt a
  PUT ~/nodes/a/states/provision {"target": "adopt"}
baremetal node clean a --clean-steps '[{"interface":"bios","step":"reset"}]' --disable-ramdisk
  PUT ~/nodes/a/states/provision {"target": "clean", "clean_steps": [{"interface": "bios", "step": "reset"}], "disable_ramdisk": true}
baremetal node clean a --runbook CUSTOM_R
  PUT ~/nodes/a/states/provision {"target": "clean", "runbook": "CUSTOM_R"}
baremetal node deploy a --config-drive '{"user_data":"x"}' --deploy-steps '[{"interface":"bios","step":"reset"}]'
  PUT ~/nodes/a/states/provision {"target": "active", "configdrive": {"user_data": "x"}, "deploy_steps": [{"interface": "bios", "step": "reset"}]}
baremetal node inspect a
  PUT ~/nodes/a/states/provision {"target": "inspect"}
baremetal node manage a b
  PUT ~/nodes/a/states/provision {"target": "manage"}
  PUT ~/nodes/b/states/provision {"target": "manage"}
baremetal node provide a
  PUT ~/nodes/a/states/provision {"target": "provide"}
baremetal node rebuild a --config-drive '{"user_data":"x"}'
  PUT ~/nodes/a/states/provision {"target": "rebuild", "configdrive": {"user_data": "x"}}
baremetal node rescue a --rescue-password p
  PUT ~/nodes/a/states/provision {"target": "rescue", "rescue_password": "p"}
baremetal node service a --service-steps '[{"interface":"bios","step":"reset"}]'
  PUT ~/nodes/a/states/provision {"target": "service", "service_steps": [{"interface": "bios", "step": "reset"}]}
baremetal node undeploy a
  PUT ~/nodes/a/states/provision {"target": "deleted"}
baremetal node unhold a
  PUT ~/nodes/a/states/provision {"target": "unhold"}
baremetal node unrescue a
  PUT ~/nodes/a/states/provision {"target": "unrescue"}
baremetal node power on a b --power-timeout 5
  PUT ~/nodes/a/states/power {"target": "power on", "timeout": 5}
  PUT ~/nodes/b/states/power {"target": "power on", "timeout": 5}
baremetal node power off a
  PUT ~/nodes/a/states/power {"target": "power off"}
baremetal node power off a --soft
  PUT ~/nodes/a/states/power {"target": "soft power off"}
baremetal node reboot a
  PUT ~/nodes/a/states/power {"target": "rebooting"}
baremetal node reboot a --soft
  PUT ~/nodes/a/states/power {"target": "soft rebooting"}
baremetal node maintenance set a --reason why
  PUT ~/nodes/a/maintenance {"reason": "why"}
baremetal node maintenance set a
  PUT ~/nodes/a/maintenance {"reason": null}
baremetal node maintenance unset a b
  DELETE ~/nodes/a/maintenance
  DELETE ~/nodes/b/maintenance
baremetal node boot device set a b pxe --persistent
  PUT ~/nodes/a/management/boot_device {"boot_device": "pxe", "persistent": true}
  PUT ~/nodes/b/management/boot_device {"boot_device": "pxe", "persistent": true}
baremetal node boot device show a
  GET ~/nodes/a/management/boot_device
baremetal node boot device show a --supported
  GET ~/nodes/a/management/boot_device/supported
baremetal node boot mode set a uefi
  PUT ~/nodes/a/states/boot_mode {"target": "uefi"}
baremetal node secure boot on a
  PUT ~/nodes/a/states/secure_boot {"target": "on"}
baremetal node secure boot off a
  PUT ~/nodes/a/states/secure_boot {"target": "off"}
baremetal node console enable a
  PUT ~/nodes/a/states/console {"enabled": true}
baremetal node console disable a
  PUT ~/nodes/a/states/console {"enabled": false}
baremetal node console show a
  GET ~/nodes/a/states/console
baremetal node inject nmi a
  PUT ~/nodes/a/management/inject_nmi {}
baremetal node trait list a
  GET ~/nodes/a/traits
baremetal node trait add a CUSTOM_A CUSTOM_B
  PUT ~/nodes/a/traits/CUSTOM_A
  PUT ~/nodes/a/traits/CUSTOM_B
baremetal node add trait a CUSTOM_A
  PUT ~/nodes/a/traits/CUSTOM_A
baremetal node trait remove a CUSTOM_A
  DELETE ~/nodes/a/traits/CUSTOM_A
baremetal node remove trait a --all
  DELETE ~/nodes/a/traits
baremetal node bios setting list a
  GET ~/nodes/a/bios
baremetal node bios setting list a --long
  GET ~/nodes/a/bios?detail=true
baremetal node bios setting list a --fields name
  GET ~/nodes/a/bios?fields=name
baremetal node firmware list a
  GET ~/nodes/a/firmware
baremetal node history list a
  GET ~/nodes/a/history
baremetal node history list a --long
  GET ~/nodes/a/history?detail=true
baremetal node children list a
  GET ~/nodes/a/children
baremetal node validate a
  GET ~/nodes/a/validate
baremetal node vif list a
  GET ~/nodes/a/vifs
baremetal node vif attach a v --port-uuid p-id --portgroup-uuid g-id --vif-info k=1
  POST ~/nodes/a/vifs {"port_uuid": "p-id", "portgroup_uuid": "g-id", "k": 1, "id": "v"}
baremetal node vif detach a v
  DELETE ~/nodes/a/vifs/v
baremetal node passthru list a
  GET ~/nodes/a/vendor_passthru/methods
baremetal node passthru call a m --arg k=1
  POST ~/nodes/a/vendor_passthru/m {"k": 1}
""")  # noqa: E501


REFUSED = """
1 baremetal node set a b --name n => --name cannot be used with several nodes.
1 baremetal node set a b --instance-uuid n => --instance-uuid cannot be used with several nodes.
1 baremetal node set a --reset-interfaces => --reset-interfaces requires --driver.
2 baremetal node set a --bios-interface b --reset-bios-interface => exclude each other
2 baremetal node list --long --fields name => exclude each other
2 baremetal node list --fields nope => nope
1 baremetal node list --sort name:up => is not a sort key
2 baremetal node create --name n => --driver
2 baremetal node clean a => One of --clean-steps, --runbook is required.
1 baremetal node clean a --clean-steps nope => is neither a file nor JSON
1 baremetal node deploy a --config-drive /nope => is no file, no directory and no JSON object.
2 baremetal node manage --wait 10 => Missing argument
1 baremetal node manage a --timeout 5 => --timeout needs --wait.
2 baremetal node trait remove a => Name the traits to remove, or give --all.
2 baremetal node trait remove a X --all => --all excludes traits.
1 baremetal node power on a --power-timeout 0 => --power-timeout must be positive, not 0.
2 baremetal node boot device set a nope => nope
"""
test_requests = sends(CASES)
test_refused = rejects(rejection_table(REFUSED))
