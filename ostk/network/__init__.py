"""Commands for the Networking service (Neutron), including its BGP, BGP VPN, FWaaS, TaaS and VPNaaS plug-ins."""
