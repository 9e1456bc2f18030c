"""Examples for the help of the commonest commands, without the name of the program; a test runs each of them."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "server list": (
        "server list --status ERROR --long",
        "server list --all-projects --host compute1 -f json",
        "server list --name '^web' -c ID -c Name -f value",
    ),
    "server create": (
        "server create --flavor m1.small --image ubuntu-24.04 --network private --key-name laptop web1",
        "server create --flavor m1.small --image ubuntu-24.04 --boot-from-volume 20 --wait db1",
        "server create --flavor m1.small --image ubuntu-24.04 --port web-port --user-data init.yaml web2",
    ),
    "server show": ("server show web1", "server show web1 -c status -c addresses -f json"),
    "server delete": ("server delete web1 web2", "server delete --wait web1"),
    "server diagnose": ("server diagnose web1", "server diagnose web1 -f json --query findings"),
    "server ssh": ("server ssh web1", "server ssh --login ubuntu web1"),
    "server reboot": ("server reboot web1", "server reboot --hard --wait web1"),
    "server resize": ("server resize --flavor m1.large --wait web1", "server resize confirm web1"),
    "server rebuild": ("server rebuild --image ubuntu-24.04 --wait web1",),
    "server image create": ("server image create --name web1-backup --wait web1",),
    "server add volume": ("server add volume web1 data", "server add volume --device /dev/vdb web1 data"),
    "server add floating ip": (
        "server add floating ip web1 203.0.113.10",
        "server add floating ip --fixed-ip-address 10.0.0.5 web1 203.0.113.10",
    ),
    "server remove volume": ("server remove volume web1 data",),
    "explain": ("explain server", "explain floating ip -f json"),
    "network list": ("network list --external", "network list --long -f json"),
    "network topology": ("network topology", "network topology private", "network topology --all-projects -f dot"),
    "network create": (
        "network create private",
        "network create --external --provider-network-type flat --provider-physical-network physnet1 public",
    ),
    "subnet create": (
        "subnet create --network private --subnet-range 10.0.0.0/24 private-subnet",
        "subnet create --network private --subnet-range 10.0.0.0/24 --gateway 10.0.0.1 --dns-nameserver 9.9.9.9 lan",
        "subnet create --network private --ip-version 6 --subnet-range 2001:db8::/64 --ipv6-ra-mode slaac "
        "--ipv6-address-mode slaac private-v6",
    ),
    "port create": ("port create --network private --fixed-ip subnet=private-subnet,ip-address=10.0.0.5 web-port",),
    "router create": ("router create --external-gateway public edge",),
    "router add subnet": ("router add subnet edge private-subnet",),
    "floating ip create": ("floating ip create public", "floating ip create --port web-port public"),
    "security group create": ("security group create --description 'Web servers' web",),
    "security group rule create": (
        "security group rule create --protocol tcp --dst-port 22 --remote-ip 192.0.2.0/24 web",
        "security group rule create --protocol tcp --dst-port 8000:8080 web",
        "security group rule create --protocol icmp --remote-group web web",
    ),
    "image create": (
        "image create --file ubuntu.qcow2 --disk-format qcow2 --container-format bare ubuntu-24.04",
        "image create --file ubuntu.qcow2 --property os_distro=ubuntu --public ubuntu-24.04",
        "image create --volume data data-image",
    ),
    "image list": ("image list --public --status active", "image list --property os_distro=ubuntu --long"),
    "image save": ("image save --file ubuntu.qcow2 ubuntu-24.04",),
    "flavor list": ("flavor list --min-ram 4096", "flavor list --all --long"),
    "keypair create": ("keypair create --public-key key.pub laptop", "keypair create --private-key laptop.pem laptop"),
    "volume create": (
        "volume create --size 20 data",
        "volume create --size 20 --image ubuntu-24.04 --bootable root",
        "volume create --snapshot data-snapshot data-copy",
    ),
    "volume list": ("volume list --status available", "volume list --all-projects --long"),
    "volume snapshot create": ("volume snapshot create --volume data data-snapshot",),
    "volume backup create": ("volume backup create --name data-backup data",),
    "project create": ("project create --domain default --description 'Web team' web",),
    "user create": ("user create --domain default --project web --email ann@example.org ann",),
    "role add": (
        "role add --user ann --project web member",
        "role add --group admins --group-domain default --system all reader",
    ),
    "role assignment list": (
        "role assignment list --user ann --names",
        "role assignment list --project web --effective",
    ),
    "token issue": ("token issue -c id -f value", "token issue -f json"),
    "quota show": ("quota show web", "quota show --usage web"),
    "quota set": ("quota set --cores 40 --ram 102400 --instances 20 web", "quota set --volumes 50 --gigabytes 999 web"),
    "object create": (
        "object create backups db.dump",
        "object create --name daily/db.dump backups db.dump",
        "object create --prefix 2030/ --checksum backups photos",
    ),
    "object sync": (
        "object sync --delete --dry-run photos backups/photos",
        "object sync --download photos backups/photos",
    ),
    "object save": (
        "object save --file db.dump backups db.dump",
        "object save --directory restored --skip-identical backups db.dump daily/db.dump",
    ),
    "container create": ("container create backups", "container create --public downloads"),
    "openrc check": ("openrc check openrc.sh",),
    "configuration show": ("configuration show --source",),
    "api": (
        "api compute /servers",
        "api network '/networks?name=private'",
        'api --request POST --data \'{"keypair": {"name": "laptop"}}\' compute /os-keypairs',
    ),
}
