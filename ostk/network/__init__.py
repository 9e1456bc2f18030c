"""Networks: what servers talk over (Neutron)."""
