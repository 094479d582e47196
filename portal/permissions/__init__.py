"""Who may do what: the acting member, principals and audiences, roles and grants."""
