"""What must outlive a process: rows, blobs, jobs, the audit trail. SQLite by default, PostgreSQL by URL."""
