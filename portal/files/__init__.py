"""Files: storage, what may be uploaded, pictures made safe, text taken out, and delivery after an access check."""
